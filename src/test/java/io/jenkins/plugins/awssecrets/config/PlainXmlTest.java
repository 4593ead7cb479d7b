package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import hudson.model.Items;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What our configuration looks like on disk: no class of the JDK is named in it, which another JDK may not have. */
@WithJenkins
class PlainXmlTest {
    private static final String PACKAGE = "io.jenkins.plugins.awssecrets.";

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty());

    @Test
    void listsOfEveryClassAreWrittenPlainly(JenkinsRule jenkins) throws Exception {
        List<Class<?>> types = Stream.concat(
                        jenkins.jenkins.getExtensionList(Descriptor.class).stream()
                                .map(descriptor -> (Class<?>) descriptor.clazz),
                        Stream.of(AwsSecretsFolderProperty.class))
                .filter(type -> type.getName().startsWith(PACKAGE) && !type.equals(AwsSecretsConfiguration.class))
                .distinct()
                .toList();
        int lists = 0;
        for (Class<?> type : types) {
            Object made = Items.XSTREAM2.fromXML("<" + type.getName() + "/>");
            lists += fill(made, types);
            assertPlain(type.getName(), Items.XSTREAM2.toXML(made));
        }
        assertThat(lists).isGreaterThanOrEqualTo(12);
    }

    /** Calls all setters that take a list, as forms, code and Job DSL do, with lists that nobody may change. */
    private static int fill(Object made, List<Class<?>> types) throws Exception {
        int lists = 0;
        for (Method setter : made.getClass().getMethods()) {
            if (setter.getName().startsWith("set")
                    && setter.getParameterCount() == 1
                    && List.class.isAssignableFrom(setter.getParameterTypes()[0])
                    && setter.getDeclaringClass().getName().startsWith(PACKAGE)) {
                setter.invoke(made, List.of(element(setter.getGenericParameterTypes()[0], types)));
                lists++;
            }
        }
        return lists;
    }

    private static Object element(Type list, List<Class<?>> types) {
        Class<?> of = (Class<?>) ((ParameterizedType) list).getActualTypeArguments()[0];
        if (of == String.class) {
            return "text";
        }
        Class<?> concrete = types.stream()
                .filter(type -> of.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                .findFirst()
                .orElse(of);
        return Items.XSTREAM2.fromXML("<" + concrete.getName() + "/>");
    }

    @Test
    void everyFieldThatIsAListIsOneThatIsWrittenPlainly(JenkinsRule jenkins) throws Exception {
        List<String> bad = new ArrayList<>();
        for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            Class<?> type = descriptor.clazz;
            if (!type.getName().startsWith(PACKAGE) || type.equals(AwsSecretsConfiguration.class)) {
                continue;
            }
            Object made = Items.XSTREAM2.fromXML("<" + type.getName() + "/>");
            for (Class<?> at = type; at.getName().startsWith(PACKAGE); at = at.getSuperclass()) {
                for (Field field : at.getDeclaredFields()) {
                    if (!List.class.isAssignableFrom(field.getType()) || Modifier.isStatic(field.getModifiers())) {
                        continue;
                    }
                    field.setAccessible(true);
                    Object value = field.get(made);
                    if (value != null && !(value instanceof ArrayList)) {
                        bad.add(field + ": " + value.getClass());
                    }
                }
            }
        }
        assertThat(bad).isEmpty();
    }

    @Test
    void globalConfigurationAndFoldersOfCodeAndJobDslArePlain(JenkinsRule jenkins) throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                sources:
                  - secretsManager:
                      id: sm
                      region: eu-west-1
                      filter: {namePrefix: ci/, tags: [{key: team, value: web}]}
                      assumeRole: [{roleArn: "arn:aws:iam::123456789012:role/ci"}]
                      allow: [{names: ["ci/*"], jobs: ["shop/**"], branches: [main]}]
                credentials:
                  - string: {id: one, secret: "sm:ci/one", allow: [{jobs: ["shop/**"]}]}
                folders: [{folders: ["shop/**"], sources: [sm]}]
            jobs:
              - script: |
                  folder('shop') {
                    properties {
                      awsSecrets {
                        sources {
                          secretsManager {
                            id('own')
                            region('eu-west-1')
                            accessKeyId('demo')
                            secretAccessKey(hudson.util.Secret.fromString('demo'))
                            filter { tags { tag { key('team'); value('web') } } }
                            allow { sourceRule { names(['ci/*']) } }
                          }
                        }
                      }
                    }
                  }
                  freeStyleJob('wrapped') {
                    wrappers { awsSecrets { bindings { string { credentialsId('one') } } } }
                  }
            """);
        // As the form does.
        jenkins.configRoundtrip();

        try (Stream<Path> files = Files.walk(jenkins.jenkins.getRootDir().toPath())) {
            List<Path> ours = files.filter(file -> file.toString().endsWith(".xml"))
                    .filter(file -> read(file).contains("awssecrets"))
                    .toList();
            assertThat(ours).hasSizeGreaterThanOrEqualTo(3);
            ours.forEach(file -> assertPlain(file.toString(), read(file)));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertPlain(String what, String xml) {
        assertThat(xml)
                .as(what)
                .doesNotContain("serialization=", "resolves-to=", "java.util.", "CollSer", "ImmutableCollections");
    }
}
