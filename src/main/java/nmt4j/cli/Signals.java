package nmt4j.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import nmt4j.Failure;

/// Signals that a long run answers by itself: the first SIGINT or SIGTERM asks it to stop, the second ends the process
/// at once, and SIGHUP, of a terminal that was closed, does nothing.
///
/// `sun.misc.Signal` is the JDK's only interface to signals; it has no module that javac likes, hence by reflection.
final class Signals {
    private static final Map<String, Integer> STOPPING = Map.of("INT", 130, "TERM", 143);

    private volatile int exitCode;

    /// Answers signals from now on.
    static Signals handled() {
        var signals = new Signals();
        STOPPING.forEach((name, code) -> handle(name, () -> signals.stop(code)));
        handle("HUP", () -> {});
        return signals;
    }

    /// Whether the process has been asked to stop.
    boolean stopped() {
        return exitCode != 0;
    }

    /// What the process should exit with, 0 if nobody asked it to.
    int exitCode() {
        return exitCode;
    }

    private void stop(int code) {
        if (stopped()) Runtime.getRuntime().halt(code);
        exitCode = code;
    }

    private static void handle(String name, Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                switch (method.getName()) {
                    case "handle" -> action.run();
                    case "equals" -> {
                        return self == arguments[0];
                    }
                    case "hashCode" -> {
                        return System.identityHashCode(self);
                    }
                    default -> {
                        return name;
                    }
                }
                return null;
            });
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (InvocationTargetException _) {
            // this system, or an option of the JVM, has no such signal
        } catch (ReflectiveOperationException e) {
            throw Failure.machine("this Java does not tell of signals", e);
        }
    }
}
