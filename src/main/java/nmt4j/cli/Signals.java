package nmt4j.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import nmt4j.Failure;

/// Signals that a long run answers by itself: SIGINT and SIGTERM end the process at once, but where the run can stop in
/// order the first of them only asks it to; SIGHUP, of a terminal that was closed, does nothing.
///
/// `sun.misc.Signal` is the JDK's one interface to signals. It is called by reflection because javac warns of its name.
final class Signals implements AutoCloseable {
    private static final Map<String, Integer> STOPPING = Map.of("INT", 130, "TERM", 143);
    /// Nanoseconds within which a second signal is the first once more: `timeout` and the like send it to a process and to
    /// its group.
    private static final long AT_ONCE = 200_000_000;

    private final Map<Object, Object> replaced = new LinkedHashMap<>();
    private volatile boolean asking;
    private volatile int exitCode;
    private long stopTime;

    /// Answers signals from now on.
    static Signals handled() {
        var signals = new Signals();
        STOPPING.forEach((name, code) -> signals.answer(name, () -> signals.stop(code)));
        signals.answer("HUP", () -> {
        });
        return signals;
    }

    /// From now on the first signal asks, and a second one ends the process.
    void askToStop() {
        asking = true;
    }

    /// Whether the process has been asked to stop.
    boolean stopped() {
        return exitCode != 0;
    }

    /// What the process should exit with, 0 if nobody asked it to stop.
    int exitCode() {
        return exitCode;
    }

    private synchronized void stop(int code) {
        long now = System.nanoTime();
        if (stopped() && now - stopTime < AT_ONCE) return;
        if (!asking || stopped()) Runtime.getRuntime().halt(code);
        exitCode = code;
        stopTime = now;
    }

    private void answer(String name, Runnable answer) {
        try {
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            answer.run();
                            yield null;
                        }
                        case "equals" -> self == arguments[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> name;
                    });
            var signal = Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
            replaced.put(signal, handle().invoke(null, signal, proxy));
        } catch (InvocationTargetException _) {
            // this system, or an option of the JVM, has no such signal
        } catch (ReflectiveOperationException e) {
            throw Failure.machine("this Java does not tell of signals", e);
        }
    }

    private static Method handle() throws ReflectiveOperationException {
        return Class.forName("sun.misc.Signal").getMethod("handle", Class.forName("sun.misc.Signal"),
                Class.forName("sun.misc.SignalHandler"));
    }

    /// Leaves signals as they were.
    @Override
    public void close() {
        replaced.forEach((signal, handler) -> {
            try {
                handle().invoke(null, signal, handler);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
