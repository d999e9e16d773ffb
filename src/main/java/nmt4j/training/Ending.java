package nmt4j.training;

/// Why a run stopped.
public enum Ending {
    MAX_EPOCHS("training.maxEpochs reached"),
    MAX_UPDATES("training.maxUpdates reached"),
    MAX_MINUTES("training.maxMinutes reached"),
    PATIENCE("training.validation.patience exhausted: no better model for that many validations"),
    INTERRUPTED("interrupted"),
    ALREADY_FINISHED("finished already");

    private final String words;

    Ending(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
