package nmt4j.model;

import java.util.List;

/// What a file says of one tensor.
///
/// @param begin, end  its bytes, counted from the end of the header
public record TensorInfo(String name, ElementType type, List<Long> shape, long begin, long end) {

    /// The number of bytes that a tensor of this shape takes.
    ///
    /// @throws ArithmeticException if it is 2⁶³ or more
    static long bytes(ElementType type, List<Long> shape) {
        long bytes = type.bytes();
        for (long size : shape) bytes = Math.multiplyExact(bytes, size);
        return bytes;
    }
}
