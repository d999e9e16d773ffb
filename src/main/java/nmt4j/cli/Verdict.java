package nmt4j.cli;

import java.util.List;
import nmt4j.evaluation.Comparison;
import nmt4j.evaluation.Metric;
import nmt4j.evaluation.Signature;

/// What a metric says of all systems, the baseline first.
record Verdict(Metric metric, Signature signature, List<Comparison> systems) {}
