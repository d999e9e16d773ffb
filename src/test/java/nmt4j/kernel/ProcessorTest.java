package nmt4j.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessorTest {
    /// As it was before this process loaded the libraries, or as it has told them since.
    private static final String CHOSEN = System.getenv("OPENBLAS_CORETYPE");

    private static final String AVX2 = "fpu sse2 fma avx avx2";
    private static final String AVX512 = AVX2 + " avx512f avx512bw avx512dq avx512vl";

    @Test
    void openBlasIsToldWhichKernelsSuitAProcessorThatItMayNotKnow() {
        assertEquals(Map.of(), settings("GenuineIntel", "fpu sse2"));
        assertEquals(Map.of("OPENBLAS_CORETYPE", "Haswell"), settings("GenuineIntel", AVX2));
        assertEquals(Map.of("OPENBLAS_CORETYPE", "Zen"), settings("AuthenticAMD", AVX2));
        assertEquals(Map.of("OPENBLAS_CORETYPE", "SkylakeX"), settings("AuthenticAMD", AVX512 + " avx512_bf16"));
    }

    @Test
    void oneDnnIsToldOfAmx() {
        assertEquals(Map.of("OPENBLAS_CORETYPE", "SkylakeX", "DNNL_MAX_CPU_ISA", "AVX512_CORE_AMX"),
                settings("GenuineIntel", AVX512 + " avx512_bf16 amx_bf16 amx_tile amx_int8"));
    }

    @Test
    void whetherItHasBfloat16IsSaidByItsFlags() {
        assertEquals(true, Processor.lacksBfloat16(List.of("flags\t: " + AVX512)));
        assertEquals(false, Processor.lacksBfloat16(List.of("flags\t: " + AVX512 + " avx512_bf16")));
        assertEquals(false, Processor.lacksBfloat16(List.of("flags\t: " + AVX512 + " amx_tile amx_bf16")));
        assertEquals(false, Processor.lacksBfloat16(List.of()));
    }

    @Test
    void whatIsNoDescriptionSaysNothing() {
        assertEquals(Map.of(), Processor.settings(List.of("flags", "", "vendor_id\t: GenuineIntel")));
    }

    @Test
    void openBlasHasTheKernelsThatItWasTold() throws Throwable {
        var description = Path.of("/proc/cpuinfo");
        assumeTrue(Files.exists(description), "a Linux");
        var told = Processor.settings(Files.readAllLines(description)).get("OPENBLAS_CORETYPE");
        assumeTrue(told != null, "an x86 with AVX2");
        assumeTrue(CHOSEN == null || CHOSEN.equals(told), "kernels of OpenBLAS that nobody else chose");
        NativeLibraries.load();
        assertEquals(told, chosenByOpenBlas());
    }

    @SuppressWarnings("restricted") // a function that JavaCPP has no binding of
    private static String chosenByOpenBlas() throws Throwable {
        var name = Linker.nativeLinker().downcallHandle(
                SymbolLookup.loaderLookup().findOrThrow("openblas_get_corename"), FunctionDescriptor.of(ADDRESS));
        return ((MemorySegment) name.invokeExact()).reinterpret(64).getString(0);
    }

    private static Map<String, String> settings(String vendor, String flags) {
        return Processor.settings(List.of("processor\t: 0", "vendor_id\t: " + vendor, "flags\t\t: " + flags));
    }
}
