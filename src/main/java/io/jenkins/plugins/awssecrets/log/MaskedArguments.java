package io.jenkins.plugins.awssecrets.log;

import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;

/** A step's arguments without the secrets they showed. Written to the build's record. */
final class MaskedArguments extends ArgumentsAction {
    private final Map<String, Object> arguments;

    private MaskedArguments(Map<String, Object> arguments) {
        this.arguments = arguments;
    }

    /** Empty when the arguments show no secret. */
    static Optional<ArgumentsAction> of(ArgumentsAction action, Masker masker) {
        Map<String, Object> before = action.getArguments();
        Map<String, Object> after = masked(before, masker);
        return after.equals(before) ? Optional.empty() : Optional.of(new MaskedArguments(after));
    }

    private static Map<String, Object> masked(Map<String, ?> arguments, Masker masker) {
        Map<String, Object> masked = new HashMap<>();
        arguments.forEach((name, value) -> masked.put(name, masked(value, masker)));
        return masked;
    }

    private static Object masked(Object value, Masker masker) {
        if (value instanceof String text) {
            return masker.mask(text);
        }
        if (value instanceof List<?> list) {
            List<Object> masked = new ArrayList<>();
            list.forEach(element -> masked.add(masked(element, masker)));
            return masked;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> masked = new HashMap<>();
            map.forEach((key, element) -> masked.put(key, masked(element, masker)));
            return masked;
        }
        if (value instanceof UninstantiatedDescribable describable) {
            Map<String, Object> masked = masked(describable.getArguments(), masker);
            // One without a secret stays the same object: it knows more than this copy.
            return masked.equals(describable.getArguments())
                    ? describable
                    : new UninstantiatedDescribable(describable.getSymbol(), describable.getKlass(), masked);
        }
        return value;
    }

    @Override
    protected Map<String, Object> getArgumentsInternal() {
        return arguments;
    }

    @Override
    public boolean isUnmodifiedArguments() {
        return false;
    }
}
