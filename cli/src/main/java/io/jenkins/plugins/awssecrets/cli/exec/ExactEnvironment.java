package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Sets variables of a process to be started, byte by byte.
 *
 * <p>A {@link ProcessBuilder} takes strings and encodes them by the locale, so that under {@code LANG=C} every
 * character beyond ASCII becomes {@code ?}. The map behind it holds bytes, though ({@code ProcessEnvironment} of the
 * JDK, versions 17 to 25), and this class writes into that one; the executable file's manifest opens {@code java.lang}
 * for it. Where that fails and the locale cannot express a value, the value is refused: a command never gets another
 * value than the backend's.
 */
final class ExactEnvironment {
    private final Map<String, String> environment;

    /** @param environment of a {@link ProcessBuilder} */
    ExactEnvironment(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Sets a variable, whatever it was before.
     *
     * @param name in ASCII
     * @throws SecretException when no variable can hold the value
     */
    void set(String name, SecretValue value) {
        byte[] bytes = value.bytes();
        if (indexOfNul(bytes) >= 0) {
            throw new SecretException(
                    Problem.BINARY,
                    "variable " + name,
                    "its value has a NUL byte, which no environment variable can hold",
                    "bind it as a file or certificate credential");
        }
        if (isAscii(bytes)) {
            environment.put(name, new String(bytes, StandardCharsets.US_ASCII));
        } else if (!setBytes(name, bytes) && !setText(name, bytes)) {
            throw new SecretException(
                    Problem.BINARY,
                    "variable " + name,
                    "its value has characters that the locale's charset " + processCharset() + " cannot pass on",
                    "start the program with java -jar, or with the environment variable LC_ALL=C.UTF-8");
        }
    }

    private boolean setBytes(String name, byte[] bytes) {
        try {
            Field inner = environment.getClass().getDeclaredField("m");
            inner.setAccessible(true);
            @SuppressWarnings("unchecked")
            Map<Object, Object> map = (Map<Object, Object>) inner.get(environment);
            Object variable = external("Variable", name.getBytes(StandardCharsets.US_ASCII));
            map.put(variable, external("Value", bytes));
            return Arrays.equals(bytes, bytesOf(map.get(variable)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Another JDK, or started without the manifest: the caller has a second way.
            return false;
        }
    }

    private static Object external(String type, byte[] bytes) throws ReflectiveOperationException {
        Method valueOf = Class.forName("java.lang.ProcessEnvironment$" + type).getMethod("valueOf", byte[].class);
        valueOf.setAccessible(true);
        return valueOf.invoke(null, (Object) bytes);
    }

    private static byte[] bytesOf(Object external) throws ReflectiveOperationException {
        Method getBytes = external.getClass().getMethod("getBytes");
        getBytes.setAccessible(true);
        return (byte[]) getBytes.invoke(external);
    }

    /** The JDK encodes by the default charset up to version 17, by the locale's since: both must give the same bytes. */
    private boolean setText(String name, byte[] bytes) {
        String text = new String(bytes, processCharset());
        if (!Arrays.equals(bytes, text.getBytes(processCharset()))
                || !Arrays.equals(bytes, text.getBytes(Charset.defaultCharset()))) {
            return false;
        }
        environment.put(name, text);
        return true;
    }

    /** The charset of the locale, in which the system passes arguments and variables. */
    static Charset processCharset() {
        String name = System.getProperty("sun.jnu.encoding", "");
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return Charset.defaultCharset();
        }
    }

    private static int indexOfNul(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }
}
