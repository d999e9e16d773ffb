package nmt4j.config;

import com.fasterxml.jackson.core.JsonProcessingException;

/// What is wrong with a text that is no JSON.
public final class JsonSyntax {
    private JsonSyntax() {}

    /// In one line, with its own line and column. Where the message has another place, Jackson adds a name for the source that is
    /// none.
    public static String mistake(JsonProcessingException e) {
        var line = e.getOriginalMessage().lines().findFirst().orElse("");
        var message = line.replaceAll("\\[Source: .*?; line: (\\d+), column: (\\d+)\\]", "line $1, column $2");
        var at = e.getLocation();
        return (at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ") + "not JSON: "
                + message;
    }
}
