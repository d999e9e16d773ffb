package nmt4j.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Products of bytes and of bfloat16 by oneDNN 3. ND4J has version 2.3 within, from 2021, which writes a weight out anew for
/// each product and rounds the sums in bfloat16. This one reads weights that were packed once, and leaves sums in float32.
/// (Those of floats are `Gemm`'s.)
///
/// A product runs on the calling thread alone. What the product of a shape needs is compiled once, for all threads, and kept.
final class OneDnn {
    /// What elements are; the codes are those of dnnl_data_type_t.
    enum Type {
        BFLOAT16(2), FLOAT32(3), INT32(4), INT8(5), UINT8(6);

        final int code;

        Type(int code) {
            this.code = code;
        }
    }

    /// How the elements of a factor lie.
    enum Order {
        /// Row after row.
        ROWS,
        /// Column after column: the factor is the transposed one of a matrix.
        COLUMNS,
        /// As `pack` wrote them.
        PACKED
    }

    /// What a product is made of.
    ///
    /// @param ofY          `ROWS` or `PACKED`
    /// @param accumulates  whether it is added to what is there
    record Form(Type x, Order ofX, Type y, Order ofY, Type z, boolean accumulates) {}

    /// z = x y, or z += x y.
    ///
    /// @param m       rows of x
    /// @param k       columns of x
    /// @param n       columns of y
    /// @param strideX, strideZ  elements from one row to the next; of x, if its order is `COLUMNS`, from one column to the next
    record Shape(Form form, int m, int k, int n, int strideX, int strideZ) {}

    private static final int CPU = 1; // dnnl_cpu
    private static final int IN_ORDER = 1; // dnnl_stream_default_flags
    private static final int OF_USER = 1; // dnnl_scratchpad_mode_user
    private static final int WEIGHTS = 131; // dnnl_query_weights_md
    private static final int SCRATCHPAD = 136; // dnnl_query_scratchpad_md
    private static final int[] OF_PRODUCT = {1, 33, 17, 80}; // DNNL_ARG_SRC, _WEIGHTS, _DST, _SCRATCHPAD
    private static final int[] OF_REORDER = {1, 17, 80}; // DNNL_ARG_FROM, _TO, _SCRATCHPAD
    /// Rows of the product that says how a factor is packed.
    private static final int USUAL_ROWS = 64;
    private static final int AVX2 = 0x7; // dnnl_cpu_isa_avx2
    private static final int AVX2_VNNI = 0xf; // dnnl_cpu_isa_avx2_vnni
    private static final int AVX512 = 0x27; // dnnl_cpu_isa_avx512_core
    private static final int AVX512_VNNI = 0x67; // dnnl_cpu_isa_avx512_core_vnni
    private static final int AVX512_BFLOAT16 = 0xe7; // dnnl_cpu_isa_avx512_core_bf16
    private static final int AVX512_AMX = 0xfef; // dnnl_cpu_isa_avx512_core_amx
    private static final int LINE = 64;
    private static final long NONE = 0;

    private static final Map<Shape, Compiled> PRODUCTS = new ConcurrentHashMap<>();
    private static final Map<Packing, Reorder> REORDERS = new ConcurrentHashMap<>();
    private static final Map<Extent, Long> PACKED = new ConcurrentHashMap<>();
    private static final ThreadLocal<OneDnn> OF_THREAD = new ThreadLocal<>();

    private final Map<Shape, Call> products = new HashMap<>();
    private final Map<Packing, Call> reorders = new HashMap<>();
    private final long stream = OneDnnLibrary.create("dnnl_stream_create", Engine.OF_CPU, IN_ORDER);
    private Arena arena = Arena.ofConfined();
    private MemorySegment scratchpad = arena.allocate(LINE, LINE);

    private OneDnn() {
        OneDnnLibrary.useOneThread(); // before anything is compiled, which is then for one
    }

    /// Whether the processor has all that makes up one of dnnl_cpu_isa_t.
    private static boolean has(int isa) {
        return OneDnnLibrary.isThere() && has(OneDnnLibrary.number("dnnl_get_effective_cpu_isa"), isa);
    }

    private static boolean has(int isa, int part) {
        return (isa & part) == part;
    }

    /// Whether the library is there and the processor has vectors of 512 bits.
    static boolean hasAvx512() {
        return has(AVX512);
    }

    /// Whether the library is there and the processor has vectors of 256 bits: then it also multiplies bytes by instructions that
    /// are made for it. Without VNNI those cut sums of two products off at 2¹⁵.
    static boolean hasAvx2() {
        return has(AVX2);
    }

    /// Whether the library is there and the processor adds up four products of bytes exactly; every one with AMX does.
    static boolean hasVnni() {
        return Vnni.IS_THERE;
    }

    private static final class Vnni {
        static final boolean IS_THERE = has(AVX512_VNNI) || has(AVX2_VNNI);
    }

    /// Whether the library is there and the processor multiplies bfloat16 faster than floats: with AMX, and AMD's. Intel's
    /// avx512_bf16 takes 1.4 to 1.9 times as long (Xeon of model 207 without AMX). No clock is asked: who multiplies must be the
    /// same again when a run is resumed.
    static boolean isFastInBfloat16() {
        return OneDnnLibrary.isThere()
                && isFastInBfloat16(OneDnnLibrary.number("dnnl_get_effective_cpu_isa"), Processor.isAmd());
    }

    /// @param isa  the dnnl_cpu_isa_t that it uses
    static boolean isFastInBfloat16(int isa, boolean isAmd) {
        return has(isa, AVX512_AMX) || has(isa, AVX512_BFLOAT16) && isAmd;
    }

    /// z = x y, or z += x y.
    static void product(Shape shape, long x, long y, long z) {
        ofThread().multiply(shape, x, y, z);
        Gemm.count(2L * shape.m * shape.k * shape.n);
    }

    /// Bytes of a packed factor y, [k, n].
    static long packedBytes(Form form, int k, int n) {
        ofThread();
        return OneDnnLibrary.query("dnnl_memory_desc_get_size", packed(form, k, n));
    }

    /// Writes a factor y [k, n] as products read it.
    ///
    /// @param from  in `order`
    /// @param to    room for `packedBytes`
    static void pack(Form form, Order order, long from, int k, int n, long to) {
        ofThread().reorder(new Packing(form, order, k, n), from, to);
    }

    /// Gives back what the calling thread has, before it ends.
    static void free() {
        var thread = OF_THREAD.get();
        if (thread == null) return;
        for (var call : thread.products.values()) call.close();
        for (var call : thread.reorders.values()) call.close();
        OneDnnLibrary.call("dnnl_stream_destroy", thread.stream);
        thread.arena.close();
        OF_THREAD.remove();
    }

    private static OneDnn ofThread() {
        var thread = OF_THREAD.get();
        if (thread == null) OF_THREAD.set(thread = new OneDnn());
        return thread;
    }

    private void multiply(Shape shape, long x, long y, long z) {
        var call = products.get(shape);
        if (call == null) {
            var compiled = PRODUCTS.computeIfAbsent(shape, Compiled::of);
            grow(compiled.scratchpadBytes);
            call = new Call(compiled.primitive, OF_PRODUCT, compiled.x, compiled.y, compiled.z, compiled.scratchpad);
            products.put(shape, call);
        }
        call.aim(0, x);
        call.aim(1, y);
        call.aim(2, z);
        call.aim(3, scratchpad.address());
        call.run(stream);
    }

    /// Makes room for a product's own intermediate results.
    private void grow(long bytes) {
        if (bytes <= scratchpad.byteSize()) return;
        var larger = Arena.ofConfined();
        scratchpad = larger.allocate(bytes, LINE);
        arena.close();
        arena = larger;
    }

    private void reorder(Packing packing, long from, long to) {
        var call = reorders.get(packing);
        if (call == null) {
            var reorder = REORDERS.computeIfAbsent(packing, Reorder::of);
            grow(reorder.scratchpadBytes);
            call = new Call(reorder.primitive, OF_REORDER, reorder.from, reorder.to, reorder.scratchpad);
            reorders.put(packing, call);
        }
        call.aim(0, from);
        call.aim(1, to);
        call.aim(2, scratchpad.address());
        call.run(stream);
    }

    /// The description of a packed factor, which is the same for any number of rows of the other one.
    private static long packed(Form form, int k, int n) {
        var plain = new Form(form.x, Order.ROWS, form.y, Order.PACKED, form.z, false);
        return PACKED.computeIfAbsent(new Extent(plain, k, n),
                extent -> Compiled.of(new Shape(plain, USUAL_ROWS, k, n, k, n), OneDnnOperation.of(plain).any(form.y, k, n)).y);
    }

    /// Of a factor that is packed, whatever it was.
    private record Extent(Form form, int k, int n) {}

    /// Of a factor that is to be packed.
    private record Packing(Form form, Order order, int k, int n) {}

    /// What all threads have in common for packing factors of one kind.
    ///
    /// @param from, to, scratchpad  descriptions
    private record Reorder(long primitive, long from, long to, long scratchpad, long scratchpadBytes) {
        static Reorder of(Packing packing) {
            long from = OneDnnOperation.of(packing.form).weight(packing.form.y, packing.order, packing.k, packing.n);
            long to = packed(packing.form, packing.k, packing.n);
            long attributes = attributes(false);
            long reorder = OneDnnLibrary.create("dnnl_reorder_primitive_desc_create", from, Engine.OF_CPU, to,
                    Engine.OF_CPU, attributes);
            OneDnnLibrary.call("dnnl_primitive_attr_destroy", attributes);
            long scratchpad = OneDnnLibrary.query("dnnl_primitive_desc_query_md", reorder, SCRATCHPAD, 0);
            return new Reorder(OneDnnLibrary.create("dnnl_primitive_create", reorder), from, to, scratchpad,
                    OneDnnLibrary.query("dnnl_memory_desc_get_size", scratchpad));
        }
    }

    /// Of what gets its memory for intermediate results from the thread that runs it.
    private static long attributes(boolean accumulates) {
        long attributes = OneDnnLibrary.create("dnnl_primitive_attr_create");
        OneDnnLibrary.call("dnnl_primitive_attr_set_scratchpad_mode", attributes, OF_USER);
        if (accumulates) {
            long then = OneDnnLibrary.create("dnnl_post_ops_create");
            OneDnnLibrary.call("dnnl_post_ops_append_sum", then, 1f, 0, 0);
            OneDnnLibrary.call("dnnl_primitive_attr_set_post_ops", attributes, then);
            OneDnnLibrary.call("dnnl_post_ops_destroy", then);
        }
        return attributes;
    }

    static final class Engine {
        static final long OF_CPU = OneDnnLibrary.create("dnnl_engine_create", CPU, 0L);
    }

    /// What all threads have in common for the products of one shape.
    ///
    /// @param x, y, z, scratchpad  descriptions
    private record Compiled(long primitive, long x, long y, long z, long scratchpad, long scratchpadBytes) {
        static Compiled of(Shape shape) {
            var form = shape.form;
            return of(shape, form.ofY == Order.PACKED ? packed(form, shape.k, shape.n)
                    : OneDnnOperation.of(form).weight(form.y, Order.ROWS, shape.k, shape.n));
        }

        static Compiled of(Shape shape, long y) {
            var form = shape.form;
            var operation = OneDnnOperation.of(form);
            long x = operation.rows(form.x, form.ofX, shape.m, shape.k, shape.strideX);
            long z = operation.rows(form.z, Order.ROWS, shape.m, shape.n, shape.strideZ);
            long attributes = attributes(form.accumulates);
            long product = operation.create(x, y, z, attributes);
            OneDnnLibrary.call("dnnl_primitive_attr_destroy", attributes);
            long scratchpad = OneDnnLibrary.query("dnnl_primitive_desc_query_md", product, SCRATCHPAD, 0);
            return new Compiled(OneDnnLibrary.create("dnnl_primitive_create", product), x,
                    OneDnnLibrary.query("dnnl_primitive_desc_query_md", product, WEIGHTS, 0), z, scratchpad,
                    OneDnnLibrary.query("dnnl_memory_desc_get_size", scratchpad));
        }
    }

    /// What a thread runs: its own memory objects, which are aimed anew for each product.
    private static final class Call implements AutoCloseable {
        private static final int ARGUMENT = 16; // bytes of a dnnl_exec_arg_t: a role, a gap, a pointer

        private final Arena memory = Arena.ofConfined();
        private final MemorySegment arguments;
        private final long primitive;
        private final long[] objects;

        Call(long primitive, int[] roles, long... descriptions) {
            this.primitive = primitive;
            objects = new long[roles.length];
            arguments = memory.allocate((long) roles.length * ARGUMENT, Long.BYTES);
            for (int i = 0; i < roles.length; i++) {
                objects[i] = OneDnnLibrary.create("dnnl_memory_create", descriptions[i], Engine.OF_CPU, NONE);
                arguments.set(JAVA_INT, (long) i * ARGUMENT, roles[i]);
                arguments.set(JAVA_LONG, (long) i * ARGUMENT + Long.BYTES, objects[i]);
            }
        }

        void aim(int i, long address) {
            OneDnnLibrary.aim(objects[i], address);
        }

        void run(long stream) {
            OneDnnLibrary.execute(primitive, stream, objects.length, arguments.address());
        }

        @Override
        public void close() {
            for (long object : objects) OneDnnLibrary.call("dnnl_memory_destroy", object);
            memory.close();
        }
    }
}
