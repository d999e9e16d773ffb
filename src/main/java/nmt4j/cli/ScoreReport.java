package nmt4j.cli;

import java.io.IOException;
import java.util.List;
import nmt4j.evaluation.Evaluation;

/// How scores are written.
sealed interface ScoreReport permits TextReport, JsonReport, TsvReport {
    enum Format { TEXT, JSON, TSV }

    /// The scores of a corpus, by each metric.
    void corpus(List<Evaluation> metrics) throws IOException;

    /// The scores of single sentences, by each metric, line by line.
    void sentences(List<List<Evaluation>> lines) throws IOException;
}
