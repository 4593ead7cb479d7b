package io.jenkins.plugins.awssecrets.config.trial;

import hudson.model.Descriptor;
import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialConfiguration;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialDescriptor;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SourceDescriptor;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONException;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * A configuration form as it is typed, before it is saved: the JSON that the browser would submit, bound to objects just
 * as a save would bind it. Wherever our lists stand in the form, their items are found by their classes.
 */
final class TypedForm {
    private final StaplerRequest2 request;
    private final List<JSONObject> sources = new ArrayList<>();
    private final List<JSONObject> credentials = new ArrayList<>();

    private TypedForm(StaplerRequest2 request) {
        this.request = request;
    }

    /** @throws SecretException when the text is no form of ours */
    static TypedForm of(StaplerRequest2 request, String json) {
        TypedForm form = new TypedForm(request);
        try {
            form.collect(JSONObject.fromObject(json));
        } catch (JSONException e) {
            // Its text repeats what was typed.
            throw unreadable();
        }
        return form;
    }

    private void collect(Object node) {
        if (node instanceof JSONArray array) {
            array.forEach(this::collect);
        } else if (node instanceof JSONObject object && !object.isNullObject()) {
            descriptor(object).ifPresent(descriptor -> {
                if (descriptor instanceof SourceDescriptor) {
                    sources.add(object);
                } else if (descriptor instanceof CredentialDescriptor) {
                    credentials.add(object);
                }
            });
            object.values().forEach(this::collect);
        }
    }

    private static Optional<Descriptor<?>> descriptor(JSONObject object) {
        return Optional.of(object.optString("stapler-class", object.optString("$class", "")))
                .filter(name -> !name.isEmpty())
                .map(name -> (Descriptor<?>) Jenkins.get().getDescriptor(name));
    }

    /** @throws SecretException when one of them cannot be bound */
    List<SourceConfiguration> sources() {
        return sources.stream()
                .map(object -> (SourceConfiguration) bind(object))
                .toList();
    }

    SourceConfiguration source(int index) {
        return (SourceConfiguration) bind(item(sources, index));
    }

    CredentialConfiguration credential(int index) {
        return (CredentialConfiguration) bind(item(credentials, index));
    }

    private Object bind(JSONObject object) {
        try {
            return descriptor(object).orElseThrow().newInstance(request, object);
        } catch (FormException | LinkageError | RuntimeException e) {
            // Their texts repeat what was typed.
            throw unreadable();
        }
    }

    private static JSONObject item(List<JSONObject> items, int index) {
        if (index < 0 || index >= items.size()) {
            throw unreadable();
        }
        return items.get(index);
    }

    private static SecretException unreadable() {
        return Malformed.at("form", "it cannot be read", "reload the page and try again");
    }
}
