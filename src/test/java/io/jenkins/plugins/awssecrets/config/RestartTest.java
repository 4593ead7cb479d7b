package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Items;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.FilesOfJenkins;
import io.jenkins.plugins.awssecrets.config.code.WholeConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class RestartTest {
    @RegisterExtension
    final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @Test
    void configurationIsTheSameAfterARestartAndHasNoPlaintext() throws Throwable {
        List<String> before = new ArrayList<>();
        session.then(jenkins -> {
            Backends.load(WholeConfiguration.EVERYTHING);
            AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
            property.setSources(AwsSecretsConfiguration.get().getSources());
            Folder folder = jenkins.createProject(Folder.class, "team");
            folder.addProperty(property);
            before.add(WholeConfiguration.exported());
            before.add(Items.XSTREAM2.toXML(property));
        });

        session.then(jenkins -> {
            Folder folder = (Folder) jenkins.jenkins.getItem("team");
            assertThat(WholeConfiguration.exported()).isEqualTo(before.get(0));
            assertThat(Items.XSTREAM2.toXML(AwsSecretsFolderProperty.of(folder).orElseThrow()))
                    .isEqualTo(before.get(1));
            assertThat(WholeConfiguration.tokenOfV1()).isEqualTo(WholeConfiguration.CANARY + "-4");
            AwsSecretsConfiguration.get().save();
            folder.save();
            assertThat(FilesOfJenkins.with(WholeConfiguration.CANARY)).isEmpty();
        });
    }
}
