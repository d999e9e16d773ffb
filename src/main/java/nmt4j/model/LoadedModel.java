package nmt4j.model;

import nmt4j.config.Config;
import nmt4j.text.TextCodec;

/// A model with all that it takes to use it: how text becomes ids and back, and the config that it was trained with.
public record LoadedModel(Config config, TextCodec source, TextCodec target, TranslationModel model)
        implements AutoCloseable {
    @Override
    public void close() {
        model.close();
    }
}
