package nmt4j.model;

import static nmt4j.config.ModelConfig.TiedEmbeddings.ALL;

import java.util.List;
import nmt4j.config.ModelConfig;
import nmt4j.data.Batch;

/// Models for tests, as they begin, and sentences for them.
public final class SmallModel {
    /// 4 ≤ ids < 13.
    public static final Batch BATCH =
            Batch.of(List.of(new int[] {4, 9, 7, 4, 6, 8, 10}, new int[] {5}, new int[] {10, 6, 4}),
                    List.of(new int[] {12, 4, 9}, new int[] {5, 6, 7, 8, 9}, new int[] {4, 4}));

    private SmallModel() {}

    /// With memory for training, and vocabularies of 13 and 13 or, if they may differ, 19 and 13.
    public static TranslationModel of(ModelConfig config) {
        var model = ModelFactory.declare(config, config.tiedEmbeddings() == ALL ? 13 : 19, 13);
        model.parameters().allocate(true);
        model.parameters().initialize(3);
        return model;
    }
}
