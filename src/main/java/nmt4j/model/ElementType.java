package nmt4j.model;

/// The numbers a tensor in a file is made of, under the names that the safetensors format gives them.
public enum ElementType {
    F64(8),
    I64(8),
    U64(8),
    F32(4),
    I32(4),
    U32(4),
    F16(2),
    BF16(2),
    I16(2),
    U16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /// The size of one element.
    public int bytes() {
        return bytes;
    }
}
