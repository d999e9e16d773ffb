package nmt4j.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import nmt4j.config.ScheduleConfig;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static Schedule of(ScheduleConfig config) {
        return Schedule.of(config, 512);
    }

    @Test
    void constantStays() {
        var schedule = of(new ScheduleConfig.Constant(0.3));
        assertEquals(0.3, schedule.rate(1));
        assertEquals(0.3, schedule.rate(1_000_000));
    }

    @Test
    void linearWarmupRisesAndStays() {
        var schedule = of(new ScheduleConfig.LinearWarmup(0.4, 100));
        assertEquals(0.004, schedule.rate(1), 1e-15);
        assertEquals(0.2, schedule.rate(50), 1e-15);
        assertEquals(0.4, schedule.rate(100), 1e-15);
        assertEquals(0.4, schedule.rate(101), 1e-15);
    }

    @Test
    void inverseSquareRootHalvesAtFourTimesTheWarmup() {
        var schedule = of(new ScheduleConfig.InverseSquareRoot(0.001, 800));
        assertEquals(0.001 / 800, schedule.rate(1), 1e-15);
        assertEquals(0.001, schedule.rate(800), 1e-15);
        assertEquals(0.0005, schedule.rate(3200), 1e-15);
    }

    /// 512^−0.5 · 4000^−0.5 at the peak, as in the paper's base model.
    @Test
    void noamIsThePapersFormula() {
        var schedule = of(new ScheduleConfig.Noam(1, 4000));
        assertEquals(6.9877e-4, schedule.rate(4000), 1e-8);
        assertEquals(1 / Math.sqrt(512) * Math.pow(4000, -1.5), schedule.rate(1), 1e-15);
        assertEquals(1 / Math.sqrt(512) / Math.sqrt(16_000), schedule.rate(16_000), 1e-15);
    }

    @Test
    void plateauFallsAfterValidationsThatAreNoBetterAndNotBelowItsMinimum() {
        var schedule = of(new ScheduleConfig.Plateau(0.8, 4, 0.5, 2, 0.3));
        assertEquals(0.4, schedule.rate(2), 1e-15);
        schedule = schedule.after(10).after(9);
        assertEquals(0.8, schedule.rate(9), 1e-15);
        schedule = schedule.after(10); // no better: the second in a row
        assertEquals(0.4, schedule.rate(9), 1e-15);
        schedule = schedule.after(9).after(11).after(10); // a better one starts the count anew
        assertEquals(0.4, schedule.rate(9), 1e-15);
        schedule = schedule.after(10);
        assertEquals(0.3, schedule.rate(9), 1e-15);
        assertEquals(0.2, schedule.rate(1), 1e-15);
    }

    @Test
    void aPlateauRememberedIsThePlateau() {
        var config = new ScheduleConfig.Plateau(0.8, 0, 0.5, 2, 0);
        var schedule = of(config).after(10).after(9).after(9).after(8);
        var resumed = of(config).resumed(schedule.memory());
        assertEquals(schedule, resumed);
        assertEquals(schedule.after(7), resumed.after(7));
    }
}
