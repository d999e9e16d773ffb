package nmt4j.service;

import java.util.OptionalInt;

/// What a request may ask of the search; what it does not is as the server was started.
///
/// @param beam   hypotheses kept at each step
/// @param nBest  translations wanted of each text
public record Options(OptionalInt beam, int nBest) {}
