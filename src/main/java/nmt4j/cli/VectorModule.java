package nmt4j.cli;

import nmt4j.Failure;

/// Loads the module of the Vector API: a command calls this before it touches the first class that has kernels below it,
/// and after what may fail early, such as reading the config (it takes 70 ms).
///
/// Named on the command line (`--add-modules`), an incubating module makes JDK 25 print "WARNING: Using incubator
/// modules" on stderr, which no option turns off; a filter on stderr would cost the terminal or the JVM's own errors.
/// Loaded afterwards it prints nothing, and with `-XX:+EnableVectorSupport` the JIT treats it the same. On other JDKs
/// the launcher names the module and keeps the line.
public final class VectorModule {
    private static final String NAME = "jdk.incubator.vector";

    private VectorModule() {}

    /// Does nothing if the module is there.
    public static void load() {
        if (ModuleLayer.boot().findModule(NAME).isPresent())
            return;
        try {
            var modules = Class.forName("jdk.internal.module.Modules"); // exported to us by the manifest
            modules.getMethod("loadModule", String.class).invoke(null, NAME);
        } catch (ReflectiveOperationException e) {
            throw Failure.machine("this Java does not load " + NAME + " (try NMT_JAVA_OPTS=--add-modules=" + NAME + ")",
                    e);
        }
    }
}
