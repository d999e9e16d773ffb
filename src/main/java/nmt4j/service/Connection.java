package nmt4j.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/// A connection to a server of ours that stays open from request to request, and does as little as HTTP/1.1 lets it: it runs
/// on the same cores as the server whose speed it measures. (The JDK's client took more time than the server.)
final class Connection implements AutoCloseable {
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;

    Connection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    record Answer(int status, byte[] body) {}

    Answer post(String path, String body) throws IOException {
        var request = new ByteArrayOutputStream();
        var content = body.getBytes(UTF_8);
        request.writeBytes(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + content.length
                + "\r\n\r\n").getBytes(UTF_8));
        request.writeBytes(content);
        request.writeTo(socket.getOutputStream());
        return answer();
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = 0;
        for (var line = line(); !line.isEmpty(); line = line()) {
            var header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith(LENGTH)) length = Integer.parseInt(header.substring(LENGTH.length()).strip());
        }
        var body = in.readNBytes(length);
        if (body.length < length) throw new EOFException();
        return new Answer(status, body);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException();
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
