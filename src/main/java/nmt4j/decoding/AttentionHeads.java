package nmt4j.decoding;

import nmt4j.Failure;

/// Whose attention counts: that of one head or the mean of all heads, of one decoder layer or of all.
///
/// @param layer  from 1; 0 for all
/// @param head   from 1; 0 for all
public record AttentionHeads(int layer, int head) implements Comparable<AttentionHeads> {
    public static final AttentionHeads ALL = new AttentionHeads(0, 0);

    public static AttentionHeads ofLayer(int layer) {
        return new AttentionHeads(layer, 0);
    }

    boolean include(AttentionHeads one) {
        return (layer == 0 || layer == one.layer) && (head == 0 || head == one.head);
    }

    /// What to say of a model that has none of them.
    Failure noneThere() {
        return Failure.mistake(equals(ALL)
                ? "attention: the model has none; alignments, coverage and replaced unknown words need it"
                : "attention: the model has no decoder " + this + " that looks at the source");
    }

    /// By layer, then by head.
    @Override
    public int compareTo(AttentionHeads other) {
        return layer != other.layer ? Integer.compare(layer, other.layer) : Integer.compare(head, other.head);
    }

    @Override
    public String toString() {
        if (layer == 0) return "head " + head;
        return "layer " + layer + (head == 0 ? "" : ", head " + head);
    }
}
