package nmt4j.data;

/// The ids of two sentences that translate each other, without `<s>` and `</s>`.
record Pair(int[] source, int[] target) {}
