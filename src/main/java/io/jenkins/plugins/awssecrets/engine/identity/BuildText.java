package io.jenkins.plugins.awssecrets.engine.identity;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting that may name the build that asks: {@code ${folder}} stands for the full name of the job's folder, {@code
 * ${job}} for that of the job. A name is put in as it is. One that does not fit the setting's characters is refused: two
 * jobs whose names differ in what was replaced would be one to the backend.
 */
public record BuildText(String text) {
    /** For a text that configuration as code takes as it is. */
    public static final String EXAMPLE = "${folder} or ${job}";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final String ANY_NAME = "any-name";

    /** Whether a text names the build at all. */
    public static boolean isIn(String text) {
        return text.contains("${");
    }

    /**
     * Checks a text as far as that can be done without a build.
     *
     * @param key of the setting, for the error
     * @param fits what a text may be, with the names put in
     * @throws SecretException ({@link Problem#MALFORMED})
     */
    public static BuildText checked(String key, String text, Pattern fits) {
        return checked(
                key,
                text,
                fits,
                "characters that are not allowed in it, or none at all",
                "write it as the backend has it");
    }

    /**
     * The same for a text of a form that has a name.
     *
     * @param reason what is said of a text that is none, and {@code fix} how to write one
     */
    public static BuildText checked(String key, String text, Pattern fits, String reason, String fix) {
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            if (!variable.group(1).equals("folder") && !variable.group(1).equals("job")) {
                throw new SecretException(
                        Problem.MALFORMED, key, "an unknown variable in " + text, "use " + EXAMPLE + ", or neither");
            }
        }
        if (!fits.matcher(variable.replaceAll(ANY_NAME)).matches()) {
            throw new SecretException(Problem.MALFORMED, key, reason, fix + "; it may contain " + EXAMPLE);
        }
        return new BuildText(text);
    }

    /**
     * The text for a build.
     *
     * @param what the setting is, for the error
     * @param fits what each name may be, and the whole text
     * @throws SecretException ({@link Problem#REFUSED}) when a name, or what results, does not fit
     */
    public String of(BuildIdentity build, String what, Pattern name, Pattern fits) {
        Matcher variable = VARIABLE.matcher(text);
        StringBuilder whole = new StringBuilder();
        while (variable.find()) {
            String value = variable.group(1).equals("job") ? build.job() : build.folder();
            if (value.isEmpty()) {
                throw new SecretException(
                        Problem.REFUSED,
                        what,
                        "job " + build.job() + " is in no folder, and " + text + " names one",
                        "move the job into a folder, or use ${job}");
            }
            if (!name.matcher(value).matches()) {
                throw unfit(what, value);
            }
            variable.appendReplacement(whole, Matcher.quoteReplacement(value));
        }
        variable.appendTail(whole);
        if (!fits.matcher(whole).matches()) {
            throw unfit(what, whole.toString());
        }
        return whole.toString();
    }

    private static SecretException unfit(String what, String value) {
        return new SecretException(
                Problem.REFUSED,
                what,
                "'" + value + "' has characters that are not allowed in it, or is too long",
                "rename the job or folder, or use a source that does not name it");
    }
}
