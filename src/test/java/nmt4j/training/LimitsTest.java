package nmt4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import nmt4j.config.Config;
import nmt4j.config.TrainingConfig;
import nmt4j.data.Position;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final long PER_EPOCH = 50;

    private static TrainingConfig config(String limits) {
        return Config.parse("{\"data\": {\"train\": [{\"source\": \"-\", \"target\": \"-\"}]}, \"training\": {" + limits
                + "}}", "test").training();
    }

    /// After 20 updates of 3 seconds each.
    private static Progress after20() {
        var start = Progress.START;
        return new Progress(20, new Position(1, 20), 0, start.standing(), start.plateau(), start.recovery(),
                start.interval(), 0, 60);
    }

    @Test
    void theFirstLimitTellsWhatIsLeft() {
        var epochs = new Limits(config("\"maxEpochs\": 2"), PER_EPOCH);
        assertEquals(100, epochs.updates());
        assertEquals(80 * 3, epochs.secondsLeft(after20()));
        var updates = new Limits(config("\"maxEpochs\": 2, \"maxUpdates\": 30"), PER_EPOCH);
        assertEquals(30, updates.updates());
        assertEquals(10 * 3, updates.secondsLeft(after20()));
        var minutes = new Limits(config("\"maxEpochs\": 2, \"maxMinutes\": 1.5"), PER_EPOCH);
        assertEquals(100, minutes.updates());
        assertEquals(30, minutes.secondsLeft(after20()));
    }

    @Test
    void withoutLimitsNothingIsKnown() {
        var none = new Limits(config("\"maxEpochs\": null"), PER_EPOCH);
        assertEquals(0, none.updates());
        assertEquals(0, none.secondsLeft(after20()));
        assertEquals(Optional.empty(), Limits.reached(none.config(), after20()));
    }

    @Test
    void aLimitIsReachedWhenAsMuchIsDone() {
        assertEquals(Optional.of(Ending.MAX_UPDATES), Limits.reached(config("\"maxUpdates\": 20"), after20()));
        assertEquals(Optional.empty(), Limits.reached(config("\"maxUpdates\": 21"), after20()));
        assertEquals(Optional.of(Ending.MAX_MINUTES), Limits.reached(config("\"maxMinutes\": 1"), after20()));
        assertEquals(Optional.empty(), Limits.reached(config("\"maxEpochs\": 1"), after20()));
    }
}
