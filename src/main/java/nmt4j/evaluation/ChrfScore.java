package nmt4j.evaluation;

/// chrF, in percent, under the name that tells its β and word order: `chrF2`, `chrF2++`.
public record ChrfScore(String name, double score) implements Score {}
