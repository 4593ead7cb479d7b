package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer of Vault's: a status below 500 and a JSON object, or nothing. Its text form holds the status only. */
public final class VaultAnswer {
    private final int status;
    private final byte[] body;
    private final JsonNode json;

    VaultAnswer(int status, byte[] body, JsonNode json) {
        this.status = status;
        this.body = body;
        this.json = json;
    }

    public int status() {
        return status;
    }

    public boolean ok() {
        return status / 100 == 2;
    }

    /** The answer's JSON object; a missing node when the answer was empty. */
    public JsonNode json() {
        return json;
    }

    /**
     * The text of an object inside of the answer exactly as Vault sent it: a number keeps its digits, an object the
     * order of its keys.
     *
     * @param names the way to it from the top
     */
    public Optional<byte[]> exact(String... names) {
        return JsonSlice.objectAt(body, names);
    }

    /** Whether one of Vault's error texts holds this phrase. The texts themselves go nowhere: they may hold values. */
    public boolean says(String phrase) {
        for (JsonNode error : json.path("errors")) {
            if (error.asText().contains(phrase)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A name in one of Vault's error texts.
     *
     * @param around the words around it; its first group is the name, and takes no more than a name has
     */
    public Optional<String> names(Pattern around) {
        for (JsonNode error : json.path("errors")) {
            Matcher matcher = around.matcher(error.asText());
            if (matcher.find()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "answer " + status;
    }
}
