package nmt4j.training;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The file system, with one call that fails, or at which the process dies: every call on its paths is counted.
final class FaultyFiles extends FileSystem {
    enum Fault { NONE, FAILS, DIES }

    /// The process is gone: nothing it does has any effect.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final FileSystem real = FileSystems.getDefault();
    private final Provider provider = new Provider();
    private final Fault fault;
    private final int at;
    private final List<String> calls = new ArrayList<>();
    private boolean dead;

    /// @param at  the number of the call that fails, from 1
    FaultyFiles(Fault fault, int at) {
        this.fault = fault;
        this.at = at;
    }

    Path of(Path path) {
        return new FaultyPath(path);
    }

    /// What was called so far.
    List<String> calls() {
        return calls;
    }

    private synchronized void call(String name, Path path) throws IOException {
        call(name + " " + path.getFileName());
    }

    private synchronized void call(String call) throws IOException {
        if (dead) throw new Killed();
        calls.add(call);
        if (calls.size() != at || fault == Fault.NONE) return;
        dead = fault == Fault.DIES;
        if (dead) throw new Killed();
        throw new IOException("No space left on device");
    }

    private static Path real(Path path) {
        return path instanceof FaultyPath faulty ? faulty.real : path;
    }

    private final class FaultyPath implements Path {
        private final Path real;

        FaultyPath(Path real) {
            this.real = real;
        }

        private Path faulty(Path path) {
            return path == null ? null : new FaultyPath(path);
        }

        @Override
        public FileSystem getFileSystem() {
            return FaultyFiles.this;
        }

        @Override
        public boolean isAbsolute() {
            return real.isAbsolute();
        }

        @Override
        public Path getRoot() {
            return faulty(real.getRoot());
        }

        @Override
        public Path getFileName() {
            return faulty(real.getFileName());
        }

        @Override
        public Path getParent() {
            return faulty(real.getParent());
        }

        @Override
        public int getNameCount() {
            return real.getNameCount();
        }

        @Override
        public Path getName(int index) {
            return faulty(real.getName(index));
        }

        @Override
        public Path subpath(int begin, int end) {
            return faulty(real.subpath(begin, end));
        }

        @Override
        public boolean startsWith(Path other) {
            return real.startsWith(real(other));
        }

        @Override
        public boolean endsWith(Path other) {
            return real.endsWith(real(other));
        }

        @Override
        public Path normalize() {
            return faulty(real.normalize());
        }

        @Override
        public Path resolve(Path other) {
            return faulty(real.resolve(real(other)));
        }

        @Override
        public Path relativize(Path other) {
            return faulty(real.relativize(real(other)));
        }

        @Override
        public URI toUri() {
            return real.toUri();
        }

        @Override
        public Path toAbsolutePath() {
            return faulty(real.toAbsolutePath());
        }

        @Override
        public Path toRealPath(LinkOption... options) throws IOException {
            return faulty(real.toRealPath(options));
        }

        @Override
        public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Path other) {
            return real.compareTo(real(other));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof FaultyPath path && real.equals(path.real);
        }

        @Override
        public int hashCode() {
            return real.hashCode();
        }

        @Override
        public String toString() {
            return real.toString();
        }
    }

    private final class Provider extends FileSystemProvider {
        @Override
        public String getScheme() {
            return "faulty";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return FaultyFiles.this;
        }

        @Override
        public Path getPath(URI uri) {
            return new FaultyPath(Path.of(uri));
        }

        @Override
        public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException {
            call("open", path);
            return new FaultyChannel(FileChannel.open(real(path), options, attributes), path);
        }

        @Override
        public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
                FileAttribute<?>... attributes) throws IOException {
            return newFileChannel(path, options, attributes);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            call("list", folder);
            var files = new ArrayList<Path>();
            try (var stream = Files.newDirectoryStream(real(folder))) {
                for (var file : stream) if (filter.accept(of(file))) files.add(of(file));
            }
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    return files.iterator();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
            call("mkdir", folder);
            Files.createDirectory(real(folder), attributes);
        }

        @Override
        public void createLink(Path link, Path existing) throws IOException {
            call("link", link);
            Files.createLink(real(link), real(existing));
        }

        @Override
        public void delete(Path path) throws IOException {
            call("delete", path);
            Files.delete(real(path));
        }

        @Override
        public void copy(Path from, Path to, CopyOption... options) throws IOException {
            call("copy", to);
            Files.copy(real(from), real(to), options);
        }

        @Override
        public void move(Path from, Path to, CopyOption... options) throws IOException {
            call("rename", to);
            Files.move(real(from), real(to), options);
        }

        @Override
        public boolean isSameFile(Path a, Path b) throws IOException {
            return Files.isSameFile(real(a), real(b));
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return Files.isHidden(real(path));
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            return Files.getFileStore(real(path));
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            call("access", path);
            real.provider().checkAccess(real(path), modes);
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return Files.getFileAttributeView(real(path), type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            call("stat", path);
            return Files.readAttributes(real(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            call("stat", path);
            return Files.readAttributes(real(path), attributes, options);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            call("chmod", path);
            Files.setAttribute(real(path), attribute, value, options);
        }
    }

    /// A file that is open. Closing it is what the system does for a dead process too: it always works.
    private final class FaultyChannel extends FileChannel {
        private final FileChannel real;
        private final Path path;

        FaultyChannel(FileChannel real, Path path) {
            this.real = real;
            this.path = path;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            call("read", path);
            return real.read(into);
        }

        @Override
        public long read(ByteBuffer[] into, int offset, int length) throws IOException {
            call("read", path);
            return real.read(into, offset, length);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            call("read", path);
            return real.read(into, position);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            call("write", path);
            return real.write(from);
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) throws IOException {
            call("write", path);
            return real.write(from, offset, length);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            call("write", path);
            return real.write(from, position);
        }

        @Override
        public long position() throws IOException {
            return real.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            real.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            call("truncate", path);
            real.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            call("fsync", path);
            real.force(metadata);
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
            call("read", path);
            return real.transferTo(position, count, to);
        }

        @Override
        public long transferFrom(ReadableByteChannel from, long position, long count) throws IOException {
            call("write", path);
            return real.transferFrom(from, position, count);
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
            call("map", path);
            return real.map(mode, position, size);
        }

        @Override
        public MemorySegment map(MapMode mode, long offset, long size, Arena arena) throws IOException {
            call("map", path);
            return real.map(mode, offset, size, arena);
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return real.lock(position, size, shared);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            call("lock", path);
            return real.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return new FaultyPath(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        return path -> real.getPathMatcher(pattern).matches(real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
