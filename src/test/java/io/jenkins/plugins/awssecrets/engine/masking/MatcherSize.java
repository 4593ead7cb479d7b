package io.jenkins.plugins.awssecrets.engine.masking;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** How much memory a compiled matcher takes. */
final class MatcherSize {
    private MatcherSize() {}

    /** The arrays that a compiled matcher keeps: all but a few hundred of its bytes. */
    static long bytesOf(Masker masker) throws ReflectiveOperationException {
        return bytesOf(masker.matcher(), Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static long bytesOf(Object object, Set<Object> seen) throws ReflectiveOperationException {
        if (object == null || !seen.add(object)) {
            return 0;
        }
        Class<?> type = object.getClass();
        long bytes = 0;
        if (type.isArray() && type.getComponentType().isPrimitive()) {
            return (long) Array.getLength(object) * sizeOf(type.getComponentType());
        }
        if (type.isArray()) {
            for (Object element : (Object[]) object) {
                bytes += bytesOf(element, seen);
            }
        } else if (type.getPackageName().startsWith(Matcher.class.getPackageName())) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    bytes += bytesOf(field.get(object), seen);
                }
            }
        }
        return bytes;
    }

    private static int sizeOf(Class<?> primitive) {
        return switch (primitive.getName()) {
            case "long" -> Long.BYTES;
            case "int" -> Integer.BYTES;
            case "char" -> Character.BYTES;
            case "byte" -> Byte.BYTES;
            default -> throw new IllegalArgumentException(primitive.getName());
        };
    }
}
