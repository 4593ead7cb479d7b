package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What was compiled for sets of secrets, shared by every {@link Masker} that hides the same set: two hundred builds with
 * one key hold its forms once. A process keeps one of these and gives it to all its maskers.
 *
 * <p>A set is known by digests of its secrets under a random key that never leaves this object, so neither the values
 * nor anything that could be tried against a dictionary is kept for it. What the last masker used is dropped with that
 * masker, by the garbage collector; nobody has to release anything.
 *
 * <p>Safe for use by several threads. Who asks for a set that another thread is compiling waits for it; others do not.
 */
public final class CompiledSets {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Function<SecretValue, Collection<byte[]>> forms;
    private final Function<SecretValue, Collection<LayoutForm>> layoutForms;
    private final SecretKeySpec key;
    private final ConcurrentHashMap<List<String>, Slot> slots = new ConcurrentHashMap<>();
    private final ReferenceQueue<Matcher> dropped = new ReferenceQueue<>();

    /** Shares nothing with any other such object. */
    public CompiledSets() {
        this(SecretForms::derive, SecretForms::layout);
    }

    /** For forms that a function gives, and none over the layout of a text. */
    CompiledSets(Function<SecretValue, Collection<byte[]>> forms) {
        this(forms, secret -> List.of());
    }

    private CompiledSets(
            Function<SecretValue, Collection<byte[]>> forms,
            Function<SecretValue, Collection<LayoutForm>> layoutForms) {
        this.forms = forms;
        this.layoutForms = layoutForms;
        byte[] random = new byte[KEY_BYTES];
        RANDOM.nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
    }

    /** How many compiled sets somebody uses. */
    public int size() {
        forgetDropped();
        return slots.size();
    }

    /** What a secret is known by: equal for equal values, and of no use without the key. */
    String digest(SecretValue secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(secret.bytes());
            for (String text : secret.shown()) {
                // What no UTF-8 has, so that no value ends as another one's list begins.
                mac.update((byte) 0xff);
                mac.update(text.getBytes(StandardCharsets.UTF_8));
            }
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /**
     * The matcher of a set.
     *
     * @param before a matcher of some of the set
     * @param digests of all secrets of the set
     * @param added the secrets that {@code before} does not know
     */
    Matcher compiled(Matcher before, SortedSet<String> digests, Collection<SecretValue> added) {
        forgetDropped();
        List<String> name = List.copyOf(digests);
        while (true) {
            Slot slot = slots.computeIfAbsent(name, Slot::new);
            synchronized (slot) {
                // Else it was dropped meanwhile, and another one may have its place.
                if (slots.get(name) == slot) {
                    return slot.get(() -> compile(before, added), dropped);
                }
            }
        }
    }

    private Matcher compile(Matcher before, Collection<SecretValue> added) {
        List<byte[]> derived = new ArrayList<>();
        List<LayoutForm> layout = new ArrayList<>();
        for (SecretValue secret : added) {
            derived.addAll(forms.apply(secret));
            layout.addAll(layoutForms.apply(secret));
        }
        return before.with(derived, layout);
    }

    private void forgetDropped() {
        for (Reference<?> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
            Held last = (Held) gone;
            slots.computeIfPresent(last.slot.name, (name, slot) -> slot.held == last ? null : slot);
        }
    }

    private static final class Slot {
        private final List<String> name;
        private volatile Held held;

        Slot(List<String> name) {
            this.name = name;
        }

        /** Called by one thread at a time. */
        Matcher get(Supplier<Matcher> compile, ReferenceQueue<Matcher> dropped) {
            Matcher matcher = held == null ? null : held.get();
            if (matcher == null) {
                // So that nobody takes the slot away while its new matcher is made.
                held = null;
                matcher = compile.get();
                held = new Held(matcher, this, dropped);
            }
            return matcher;
        }
    }

    private static final class Held extends WeakReference<Matcher> {
        private final Slot slot;

        Held(Matcher matcher, Slot slot, ReferenceQueue<Matcher> dropped) {
            super(matcher, dropped);
            this.slot = slot;
        }
    }
}
