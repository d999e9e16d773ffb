package nmt4j.data;

import java.util.Arrays;

/// Whole numbers from 0 in 7 bits a byte, the lowest first; the last byte of a number has its top bit clear (LEB128).
final class VarInts {
    private static final int MAX_BYTES = 5;

    private byte[] bytes;
    private int size;

    VarInts(int expected) {
        bytes = new byte[2 * expected + MAX_BYTES];
    }

    void put(int number) {
        if (size + MAX_BYTES > bytes.length) bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        int rest = number;
        for (; rest >= 0x80; rest >>>= 7) bytes[size++] = (byte) (rest | 0x80);
        bytes[size++] = (byte) rest;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /// All numbers in these bytes.
    static int[] decode(byte[] bytes) {
        int count = 0;
        for (byte b : bytes) count += b >= 0 ? 1 : 0;
        var numbers = new int[count];
        int at = 0;
        int shift = 0;
        for (byte b : bytes) {
            numbers[at] |= (b & 0x7F) << shift;
            shift = b >= 0 ? 0 : shift + 7;
            at += b >= 0 ? 1 : 0;
        }
        return numbers;
    }
}
