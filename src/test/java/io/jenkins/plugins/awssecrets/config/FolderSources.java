package io.jenkins.plugins.awssecrets.config;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import java.util.List;

/** Sources that a folder declares itself. */
public final class FolderSources {
    private FolderSources() {}

    /** Declares them in the place of all that the folder declared before. */
    public static void declare(Folder folder, SourceConfiguration... sources) throws Exception {
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        property.setSources(List.of(sources));
        folder.getProperties().remove(AwsSecretsFolderProperty.class);
        folder.addProperty(property);
    }
}
