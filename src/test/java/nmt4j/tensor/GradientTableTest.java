package nmt4j.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import nmt4j.ShippedConfigs;
import nmt4j.config.Config;
import nmt4j.model.LossSlope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every gradient is compared with central differences: that of an operation with those of its formula in double
/// precision, that of a whole small model with those of its own loss. Prints a table of the largest relative errors.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GradientTableTest {
    private final List<String> table = new ArrayList<>();

    static Stream<Row> operations() {
        return Stream.of(OperationFormulas.all(), RecurrentFormulas.all(), ConvolutionFormulas.all())
                .flatMap(Function.identity());
    }

    static Stream<Row> models() {
        return Stream.concat(ShippedConfigs.small().map(config -> row(config.getName(), config.getPayload())),
                ShippedConfigs.wide().map(config -> row(config.getName() + ", wide", config.getPayload())));
    }

    private static Row row(String name, Config config) {
        return new Row(name, () -> LossSlope.check(ShippedConfigs.withoutDropout(config).model()));
    }

    @ParameterizedTest
    @Order(1)
    @MethodSource("operations")
    void theGradientOfAnOperationIsTheSlopeOfItsFormula(Row row) {
        fill(row);
    }

    @ParameterizedTest
    @Order(2)
    @MethodSource("models")
    void theGradientOfEachParameterIsTheSlopeOfTheLoss(Row row) {
        fill(row);
    }

    private void fill(Row row) {
        table.add(String.format(Locale.ROOT, "%8.1e  %s", row.error().getAsDouble(), row.name()));
    }

    @AfterAll
    void print() {
        System.out.println("largest relative errors of gradients");
        table.forEach(System.out::println);
    }
}
