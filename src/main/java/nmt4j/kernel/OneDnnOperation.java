package nmt4j.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.util.List;
import nmt4j.kernel.OneDnn.Engine;
import nmt4j.kernel.OneDnn.Form;
import nmt4j.kernel.OneDnn.Order;
import nmt4j.kernel.OneDnn.Type;

/// What oneDNN has to multiply matrices: the descriptions of z = x y.
enum OneDnnOperation {
    PRODUCT {
        @Override
        long rows(Type type, Order order, int rows, int columns, int stride) {
            return order == Order.ROWS ? description(type, List.of(rows, columns), List.of(stride, 1))
                    : description(type, List.of(rows, columns), List.of(1, stride));
        }

        @Override
        long weight(Type type, Order order, int k, int n) {
            return rows(type, order, k, n, order == Order.ROWS ? n : k);
        }

        @Override
        long any(Type type, int k, int n) {
            return description(type, List.of(k, n), List.of());
        }

        @Override
        long create(long x, long y, long z, long attributes) {
            return OneDnnLibrary.create("dnnl_matmul_primitive_desc_create", Engine.OF_CPU, x, y, NONE, z, attributes);
        }
    },
    /// A convolution of an image of as many points as there are rows, all in one line, by kernels of one point. On AVX2 its
    /// weights are packed, which those of a product of bytes are not, and a few rows take no longer than their share.
    CONVOLUTION {
        @Override
        long rows(Type type, Order order, int rows, int columns, int stride) {
            if (order != Order.ROWS || stride != columns)
                throw new IllegalArgumentException("channels of an image " + stride + " apart, in " + order);
            int all = Math.multiplyExact(rows, columns);
            return description(type, List.of(1, columns, 1, rows), List.of(all, 1, all, columns));
        }

        @Override
        long weight(Type type, Order order, int k, int n) {
            return description(type, List.of(n, k, 1, 1), order == Order.ROWS ? List.of(1, n, 1, 1) : List.of(k, 1, 1, 1));
        }

        @Override
        long any(Type type, int k, int n) {
            return description(type, List.of(n, k, 1, 1), List.of());
        }

        @Override
        long create(long x, long y, long z, long attributes) {
            try (var memory = Arena.ofConfined()) {
                long ones = memory.allocateFrom(JAVA_LONG, 1, 1).address();
                long zeros = memory.allocateFrom(JAVA_LONG, 0, 0).address();
                return OneDnnLibrary.create("dnnl_convolution_forward_primitive_desc_create", Engine.OF_CPU, INFERENCE,
                        DIRECT, x, y, NONE, z, ones, zeros, zeros, zeros, attributes);
            }
        }
    };

    private static final int ANY = 1; // dnnl_format_tag_any
    private static final long NONE = 0;
    private static final int INFERENCE = 96; // dnnl_forward_inference
    private static final int DIRECT = 1; // dnnl_convolution_direct

    static OneDnnOperation of(Form form) {
        return form.x() == Type.UINT8 && !OneDnn.hasVnni() ? CONVOLUTION : PRODUCT;
    }

    /// The description of x or of z.
    ///
    /// @param stride  elements from one row to the next, or from one column to the next
    abstract long rows(Type type, Order order, int rows, int columns, int stride);

    /// The description of y [k, n], whose elements lie without room between them.
    abstract long weight(Type type, Order order, int k, int n);

    /// The same, with the elements wherever the operation wants them.
    abstract long any(Type type, int k, int n);

    /// The description of the operation.
    abstract long create(long x, long y, long z, long attributes);

    /// @param strides  none if elements may lie anywhere
    private static long description(Type type, List<Integer> sizes, List<Integer> strides) {
        try (var memory = Arena.ofConfined()) {
            long ofSizes = longs(memory, sizes);
            return strides.isEmpty()
                    ? OneDnnLibrary.create("dnnl_memory_desc_create_with_tag", sizes.size(), ofSizes, type.code, ANY)
                    : OneDnnLibrary.create("dnnl_memory_desc_create_with_strides", sizes.size(), ofSizes, type.code,
                            longs(memory, strides));
        }
    }

    private static long longs(Arena memory, List<Integer> numbers) {
        return memory.allocateFrom(JAVA_LONG, numbers.stream().mapToLong(Integer::longValue).toArray()).address();
    }
}
