package nmt4j.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.Loader;

/// The C functions of oneDNN 3 (oneapi/dnnl/dnnl.h). Pointers are longs.
///
/// JavaCPP unpacks the library beside ND4J's when a product asks for it first. Where it is not, or this system cannot load it (it
/// is for Linux on x86-64 with glibc 2.34 or newer), ND4J's products serve.
final class OneDnnLibrary {
    private static final String FOLDER = "/org/bytedeco/";
    private static final String PLATFORM = "/linux-x86_64/";
    private static final Linker LINKER = Linker.nativeLinker();
    /// Null where the library is not.
    private static final SymbolLookup LIBRARY;

    static {
        NativeLibraries.load(); // with GCC's OpenMP, which both have to share
        LIBRARY = isForThisMachine() ? loaded() : null;
    }

    private OneDnnLibrary() {}

    /// Whether the library is there. No other function may be called where it is not.
    static boolean isThere() {
        return LIBRARY != null;
    }

    private static boolean isForThisMachine() {
        return System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
    }

    private static SymbolLookup loaded() {
        try {
            library("opencl", "libOpenCL.so.1"); // which the other one asks for
            return library("dnnl", "libdnnl.so.3");
        } catch (IOException | IllegalArgumentException _) { // not there, or not for this system
            return null;
        }
    }

    @SuppressWarnings("restricted") // natives are what this is about
    private static SymbolLookup library(String part, String name) throws IOException {
        var resource = OneDnnLibrary.class.getResource(FOLDER + part + PLATFORM + name);
        if (resource == null) throw new IOException("no " + name);
        return SymbolLookup.libraryLookup(Loader.cacheResource(resource).toPath(), Arena.global());
    }

    /// Calls a function that returns a status.
    static void call(String function, Object... arguments) {
        check(function, number(function, arguments));
    }

    /// Calls a function that returns a status and writes a pointer to where its first argument points, here left out.
    static long create(String function, Object... others) {
        try (var memory = Arena.ofConfined()) {
            var pointer = memory.allocate(JAVA_LONG);
            var arguments = new Object[others.length + 1];
            arguments[0] = pointer.address();
            System.arraycopy(others, 0, arguments, 1, others.length);
            call(function, arguments);
            return pointer.get(JAVA_LONG, 0);
        }
    }

    /// Calls a function that returns a number.
    static int number(String function, Object... arguments) {
        try {
            return (int) Functions.named(function, JAVA_INT, arguments).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw failure(function, e);
        }
    }

    /// Calls a function that returns a size or a pointer.
    static long query(String function, Object... arguments) {
        try {
            return (long) Functions.named(function, JAVA_LONG, arguments).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw failure(function, e);
        }
    }

    /// Tells a memory object where its elements are.
    static void aim(long memory, long address) {
        try {
            check("dnnl_memory_set_data_handle", (int) OfPrimitives.AIM.invokeExact(memory, address));
        } catch (Throwable e) {
            throw failure("dnnl_memory_set_data_handle", e);
        }
    }

    /// @param arguments  dnnl_exec_arg_t, one after the other
    static void execute(long primitive, long stream, int count, long arguments) {
        try {
            check("dnnl_primitive_execute",
                    (int) OfPrimitives.EXECUTE.invokeExact(primitive, stream, count, arguments));
        } catch (Throwable e) {
            throw failure("dnnl_primitive_execute", e);
        }
    }

    /// A product of floats, or z plus it; of shapes see `Transpose`.
    static void multiply(Transpose transpose, Matrix x, Matrix y, Matrix z, boolean accumulate) {
        try {
            check("dnnl_sgemm", (int) OfFloats.PRODUCT.invokeExact(code(transpose == Transpose.LEFT),
                    code(transpose == Transpose.RIGHT), (long) z.rows(), (long) z.columns(), (long) transpose.k(x), 1f,
                    x.address(), (long) x.stride(), y.address(), (long) y.stride(),
                    accumulate ? 1f : 0f, z.address(), (long) z.stride()));
        } catch (Throwable e) {
            throw failure("dnnl_sgemm", e);
        }
    }

    private static byte code(boolean transpose) {
        return (byte) (transpose ? 'T' : 'N');
    }

    /// The calling thread alone computes what it asks for.
    static void useOneThread() {
        try {
            OfThreads.SET_COUNT.invokeExact(1);
        } catch (Throwable e) {
            throw failure("omp_set_num_threads", e);
        }
    }

    private static void check(String function, int status) {
        if (status != 0) throw new IllegalStateException(function + ": status " + status);
    }

    private static RuntimeException failure(String function, Throwable e) {
        return switch (e) {
            case Error error -> throw error;
            case RuntimeException failure -> failure;
            default -> new IllegalStateException(function, e);
        };
    }

    /// GCC's OpenMP's. Each class of these links only what is asked for: a function takes some milliseconds.
    private static final class OfThreads {
        static final MethodHandle SET_COUNT = handle("omp_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
    }

    private static final class OfFloats {
        static final MethodHandle PRODUCT = handle("dnnl_sgemm", FunctionDescriptor.of(JAVA_INT, JAVA_BYTE, JAVA_BYTE,
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_FLOAT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_FLOAT,
                JAVA_LONG, JAVA_LONG));
    }

    /// Those that are called for each product of other numbers.
    private static final class OfPrimitives {
        static final MethodHandle AIM = handle("dnnl_memory_set_data_handle",
                FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
        static final MethodHandle EXECUTE = handle("dnnl_primitive_execute",
                FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG));
    }

    /// The others, as they are asked for.
    private static final class Functions {
        private static final Map<String, MethodHandle> LINKED = new ConcurrentHashMap<>();

        static MethodHandle named(String function, ValueLayout result, Object[] arguments) {
            return LINKED.computeIfAbsent(function, name -> handle(name, FunctionDescriptor.of(result,
                    Arrays.stream(arguments).map(Functions::layout).toArray(MemoryLayout[]::new))));
        }

        private static MemoryLayout layout(Object argument) {
            return switch (argument) {
                case Integer _ -> JAVA_INT;
                case Float _ -> JAVA_FLOAT;
                default -> JAVA_LONG;
            };
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String function, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LIBRARY.findOrThrow(function), descriptor);
    }
}
