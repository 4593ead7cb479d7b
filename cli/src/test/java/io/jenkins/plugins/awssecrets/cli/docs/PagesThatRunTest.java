package io.jenkins.plugins.awssecrets.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages whose commands run with the demo backends alone: they are typed into one shell from the top to the bottom, and
 * what a {@code text} block after a command shows is what is seen.
 */
// In a thread of its own, as reading from a process cannot be interrupted.
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PagesThatRunTest {
    /** What a page runs that not every machine has. */
    private static final Map<String, List<String>> TOOLS = Map.of(
            "agents.md", List.of("ssh-keygen"),
            "ansible.md", List.of("ansible-vault"),
            "git-ssh.md", List.of("ssh-keygen"),
            "kubectl.md", List.of("kubectl"),
            "signing.md", List.of("openssl", "jar", "jarsigner"),
            "terraform.md", List.of("terraform"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("pages")
    void whatIsTypedGivesWhatIsShown(String page, List<String> tools) throws Exception {
        tools.forEach(Tool::assumeInstalled);
        List<Page.Block> blocks = Page.of(Page.TOP.resolve(page)).blocks().stream()
                .filter(block -> block.is("bash", "text"))
                .toList();
        assertThat(blocks).anyMatch(block -> block.is("bash"));

        List<String> parts = typed(blocks);

        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).is("text")) {
                assertThat(parts.get(i - 1).strip())
                        .as("what the commands before " + blocks.get(i).place() + " print")
                        .isEqualTo(blocks.get(i).text().strip());
            }
        }
    }

    static Stream<Arguments> pages() {
        return Stream.concat(
                Stream.of(Arguments.of("docs/getting-started.md", List.of())),
                Page.all().stream()
                        .map(Page::name)
                        .filter(name -> name.matches("docs/recipes/.*(?<!README)\\.md"))
                        .map(name -> Arguments.of(name, TOOLS.getOrDefault(name.replaceFirst(".*/", ""), List.of()))));
    }

    /** @return what each command's block printed, and nothing for the other blocks */
    private List<String> typed(List<Page.Block> blocks) throws Exception {
        StringBuilder script = new StringBuilder("set -e\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n");
        List<Path> outputs = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            Path output = directory.resolve("output-" + i);
            outputs.add(output);
            if (blocks.get(i).is("bash")) {
                script.append("exec >")
                        .append(output)
                        .append(" 2>&1\n")
                        .append(blocks.get(i).text());
            }
        }
        Path typed = Files.writeString(directory.resolve("typed.sh"), script);
        Process shell = shell(typed);
        int status;
        try {
            status = shell.waitFor();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
        List<String> parts = new ArrayList<>();
        for (Path output : outputs) {
            parts.add(Files.exists(output) ? Files.readString(output) : "");
        }
        assertThat(status).as(parts.toString()).isZero();
        return parts;
    }

    /** In a checkout whose program is built, and without anything of this machine that leads to other backends. */
    private Process shell(Path script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
        builder.directory(Page.TOP.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(AWS|VAULT|TF)_.*|CI|.*_(PROXY|proxy)"));
        environment.putAll(Map.of(
                "AWS_SECRETS_JAR",
                program().toString(),
                "AWS_SECRETS_CACHE",
                "",
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "AWS_CONFIG_FILE",
                "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE",
                "/dev/null",
                "JAVA_HOME",
                System.getProperty("java.home"),
                "HOME",
                Files.createDirectory(directory.resolve("home")).toString(),
                "TMPDIR",
                directory.toString(),
                "PATH",
                mavenThatDidItsWork() + ":" + System.getenv("PATH")));
        return builder.start();
    }

    /** An executable file that is this test's own class path. */
    private Path program() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "io.jenkins.plugins.awssecrets.cli.Main");
        attributes.put(new Attributes.Name("Add-Opens"), "java.base/java.lang java.base/sun.nio.ch");
        attributes.put(Attributes.Name.CLASS_PATH, classPath().collect(Collectors.joining(" ")));
        Path jar = directory.resolve("aws-secrets.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private static Stream<String> classPath() {
        return Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs()).map(URL::toString)
                : Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(path -> Path.of(path).toUri().toString());
    }

    private Path mavenThatDidItsWork() throws IOException {
        Path tools = Files.createDirectory(directory.resolve("tools"));
        Path maven = Files.writeString(tools.resolve("mvn"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        return tools;
    }
}
