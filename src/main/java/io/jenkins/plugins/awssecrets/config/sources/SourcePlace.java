package io.jenkins.plugins.awssecrets.config.sources;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.config.authentication.StoredCredentials;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import java.util.List;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/**
 * Whose source it is. One of Jenkins itself may use all that the controller has; one of a folder brings its own login,
 * and uses of the controller what its administrator has lent the folder.
 */
public final class SourcePlace {
    private final ItemGroup<?> group;
    private final Supplier<Lending> lending;

    private SourcePlace(ItemGroup<?> group, Supplier<Lending> lending) {
        this.group = group;
        this.lending = lending;
    }

    public static SourcePlace ofJenkins() {
        return new SourcePlace(Jenkins.get(), () -> Lending.NOTHING);
    }

    /** @param lending asked anew each time, as it may be changed or withdrawn */
    public static SourcePlace of(AbstractFolder<?> folder, Supplier<Lending> lending) {
        return new SourcePlace(folder, lending);
    }

    public ItemGroup<?> group() {
        return group;
    }

    StoredCredentials stored() {
        return new StoredCredentials(group, use -> admit(List.of(use)));
    }

    /** All that was lent, for a digest of what its sources are made of: another loan is another source. */
    String loan() {
        return group instanceof Jenkins
                ? ""
                : lending.get().to(group.getFullName()).toString();
    }

    /** @throws SecretException ({@code REFUSED}) naming the first that belongs to the controller and was not lent */
    void admit(List<MachineUse> uses) {
        if (group instanceof Jenkins || uses.isEmpty()) {
            return;
        }
        Lending.Loan loan = lending.get().to(group.getFullName());
        for (MachineUse use : uses) {
            if (!loan.covers(use)) {
                throw new SecretException(
                        Problem.REFUSED,
                        "",
                        "a folder may not use " + use.what() + ", which belongs to the controller",
                        Lending.fix(use));
            }
        }
    }
}
