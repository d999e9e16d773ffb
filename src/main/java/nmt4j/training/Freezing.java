package nmt4j.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nmt4j.Failure;
import nmt4j.tensor.Parameter;
import nmt4j.tensor.Parameters;

/// Which parameters stay as they are: those that the model has frozen, and those that `training.freeze` means.
final class Freezing {
    private Freezing() {}

    /// @throws Failure  if a pattern fits no parameter, or nothing is left to train
    static List<Parameter> frozen(Parameters parameters, List<String> patterns) {
        var frozen = new ArrayList<>(parameters.frozen());
        for (int i = 0; i < patterns.size(); i++) {
            var matching = parameters.matching(patterns.get(i));
            if (matching.isEmpty())
                throw Failure.mistake(
                        "training.freeze[%d]: no parameter is called \"%s\"; there are %s".formatted(i, patterns.get(i),
                                parameters.all().stream().map(Parameter::name).collect(Collectors.joining(", "))));
            frozen.addAll(matching);
        }
        if (frozen.containsAll(parameters.all()))
            throw Failure.mistake("training.freeze: leaves no parameter to train");
        return frozen;
    }
}
