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
            var pattern = NamePattern.of(patterns.get(i));
            var matching = parameters.all().stream().filter(p -> pattern.fits(p.name())).toList();
            if (matching.isEmpty())
                throw Failure.mistake("training.freeze[" + i + "]: no parameter is called \"" + patterns.get(i)
                        + "\"; there are "
                        + parameters.all().stream().map(Parameter::name).collect(Collectors.joining(", ")));
            frozen.addAll(matching);
        }
        if (frozen.containsAll(parameters.all()))
            throw Failure.mistake("training.freeze: leaves no parameter to train");
        return frozen;
    }
}
