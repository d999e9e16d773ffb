package nmt4j.service;

/// What a server takes on.
///
/// @param bodyBytes  of a request
/// @param lines      texts of a request
/// @param queue      texts that wait; when there are more a request is refused
/// @param seconds    from the moment a request is read until its answer
public record Limits(int bodyBytes, int lines, int queue, int seconds) {}
