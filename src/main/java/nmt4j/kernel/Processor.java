package nmt4j.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What ND4J's libraries (of ND4J 1.0.0-M2.1, from 2022) have to be told of processors that are newer than they are, by the
/// environment and before they are loaded:
///
/// * OpenBLAS 0.3.19 takes a processor whose model it does not know for one of 2004, by the name of Prescott, and is a sixth as
///   fast as it could be (17 GFLOP/s in place of 110, Xeon of model 207).
/// * oneDNN 2.3 uses AMX, which multiplies bfloat16 and bytes eight times as fast as AVX-512 multiplies floats, only if it is
///   told to; and Linux lets a process use AMX only if that has asked for it.
///
/// What the environment says already stays. Only Linux on x86-64 is told anything.
final class Processor {
    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
    private static final Set<String> AVX512 = Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl");
    private static final Set<String> AVX2 = Set.of("avx2", "fma");
    private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16");
    private static final Set<String> AMX = Set.of("amx_tile", "amx_bf16", "amx_int8", "avx512_bf16");

    private static final String OPENBLAS = "OPENBLAS_CORETYPE";
    private static final String ONEDNN = "DNNL_MAX_CPU_ISA";

    /// Of Linux on x86-64: arch_prctl(ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA).
    private static final long ARCH_PRCTL = 158;
    private static final long ASK_FOR_STATE = 0x1023;
    private static final long STATE_OF_TILES = 18;

    private static final String AMX_ISA = "AVX512_CORE_AMX";
    private static final String WITHOUT_TILES = "AVX512_CORE_BF16";

    private Processor() {}

    /// Tells the libraries, which are not loaded yet. What can not be found out, or not be told, is left.
    static void introduce() {
        if (!System.getProperty("os.name").equals("Linux") || !System.getProperty("os.arch").equals("amd64")) return;
        var wanted = settings(description());
        try {
            if (wanted.containsKey(ONEDNN) && !mayUseTiles()) {
                wanted.remove(ONEDNN);
                if (AMX_ISA.equals(System.getenv(ONEDNN))) setEnvironment(ONEDNN, WITHOUT_TILES, true);
            }
            for (var setting : wanted.entrySet()) setEnvironment(setting.getKey(), setting.getValue(), false);
        } catch (Error e) {
            throw e;
        } catch (Throwable _) { // no such function in this C library
        }
    }

    /// Lines of the first processor; none if they can not be read.
    private static List<String> description() {
        try {
            var lines = Files.readAllLines(DESCRIPTION, ISO_8859_1);
            int end = lines.indexOf("");
            return end < 0 ? lines : lines.subList(0, end);
        } catch (IOException _) {
            return List.of();
        }
    }

    /// Environment variables and their values.
    ///
    /// @param description  lines of the first processor in /proc/cpuinfo
    static Map<String, String> settings(List<String> description) {
        var fields = fields(description);
        var flags = flags(fields);
        var wanted = new HashMap<String, String>();
        if (flags.containsAll(AVX512)) wanted.put(OPENBLAS, "SkylakeX");
        else if (flags.containsAll(AVX2))
            wanted.put(OPENBLAS, isAmd(fields) ? "Zen" : "Haswell");
        if (flags.containsAll(AMX)) wanted.put(ONEDNN, AMX_ISA);
        return wanted;
    }

    /// Whether it says of itself that it has vectors of 256 bits; not known but on Linux.
    static boolean hasAvx2() {
        return flags(fields(description())).containsAll(AVX2);
    }

    /// The same of vectors of 512 bits.
    static boolean hasAvx512() {
        return flags(fields(description())).containsAll(AVX512);
    }

    /// Whether it says of itself that it has no instruction for bfloat16; not known but on Linux.
    static boolean lacksBfloat16() {
        return lacksBfloat16(description());
    }

    static boolean lacksBfloat16(List<String> description) {
        var fields = fields(description);
        return fields.containsKey("flags") && Collections.disjoint(flags(fields), BFLOAT16);
    }

    /// Whether it says of itself that it is AMD's; not known but on Linux.
    static boolean isAmd() {
        return isAmd(fields(description()));
    }

    private static boolean isAmd(Map<String, String> fields) {
        return "AuthenticAMD".equals(fields.get("vendor_id"));
    }

    private static Map<String, String> fields(List<String> description) {
        var fields = new HashMap<String, String>();
        for (var line : description) {
            int colon = line.indexOf(':');
            if (colon > 0) fields.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        return fields;
    }

    private static Set<String> flags(Map<String, String> fields) {
        return Set.copyOf(List.of(fields.getOrDefault("flags", "").split("\\s+")));
    }

    /// Asks for leave to use the registers of AMX, in all threads; also where the environment says already that they are to be
    /// used, as that of a child process does.
    private static boolean mayUseTiles() throws Throwable {
        var call = function("syscall", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        return (long) call.invokeExact(ARCH_PRCTL, ASK_FOR_STATE, STATE_OF_TILES) == 0;
    }

    private static void setEnvironment(String name, String value, boolean replace) throws Throwable {
        try (var memory = Arena.ofConfined()) {
            var call = function("setenv", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
            int _ = (int) call.invokeExact(memory.allocateFrom(name), memory.allocateFrom(value), replace ? 1 : 0);
        }
    }

    @SuppressWarnings("restricted") // the C library's
    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments));
    }
}
