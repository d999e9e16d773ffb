package nmt4j.decoding;

/// Whose attention counts: that of one decoder layer, or the mean of all. Heads are always averaged.
///
/// @param number  of the layer, from 1; 0 for all
public record AttentionLayer(int number) {
    public static final AttentionLayer ALL = new AttentionLayer(0);

    /// @param layer  from 0
    boolean includes(int layer) {
        return number == 0 || layer == number - 1;
    }
}
