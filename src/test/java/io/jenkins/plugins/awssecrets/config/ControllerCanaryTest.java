package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.config.BorrowedSources.Variant;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialDescriptor;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Requests that make Jenkins ask a source at once, or check one, about a source that leads to a server which records all
 * it is sent, and that takes whatever a source can take of the controller. Nothing of it arrives, but for the administrator.
 */
@ExtendWith(SharedJenkins.class)
class ControllerCanaryTest {
    private static final List<String> OTHERS = List.of("", "reader", "job-configurer", "configurer", "folder-admin");

    private static JenkinsRule jenkins;
    private static ControllerCanaries canaries;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        canaries = new ControllerCanaries(rule);
    }

    @AfterAll
    static void stop() {
        canaries.close();
    }

    @BeforeEach
    void lend() throws Exception {
        canaries.lend();
    }

    /** Otherwise the other tests show nothing. */
    @Test
    void everythingArrivesForTheAdministrator() throws Exception {
        Set<String> arrived = new TreeSet<>();
        StringBuilder all = new StringBuilder();
        for (Variant variant : canaries.variants()) {
            post("admin", "", variant, "testConnection");
            String sent = canaries.server().arrived();
            all.append(sent);
            if (ControllerCanaries.CANARIES.stream().anyMatch(sent::contains)) {
                arrived.add(variant.name());
            }
        }

        assertThat(all).contains(ControllerCanaries.CANARIES);
        assertThat(arrived)
                .contains(
                        "VaultConfiguration.auth=TokenAuth.tokenFile",
                        "VaultConfiguration.auth=TokenAuth.credentialsId",
                        "VaultConfiguration.auth=AppRoleAuth.secretIdFile",
                        "VaultConfiguration.auth=JwtAuth.jwtFile",
                        "VaultConfiguration.auth=KubernetesAuth.tokenFile",
                        "VaultConfiguration.auth=AwsIamAuth",
                        "VaultConfiguration.auth=AwsIamAuth.profile",
                        "VaultConfiguration.auth=UserPassAuth.credentialsId alone",
                        "SsmConfiguration",
                        "SsmConfiguration.profile",
                        "SsmConfiguration.credentialsId",
                        "SsmConfiguration.webIdentity=WebIdentityConfiguration.tokenFile",
                        "SecretsManagerConfiguration");
    }

    @Test
    void testConnectionSendsNothingForAnybodyElse() throws Exception {
        for (String user : OTHERS) {
            for (String place : List.of("", "job/team/", "job/team/job/app/", "job/top/")) {
                // Who may not call it at all is refused whatever it is about.
                for (Variant variant : user.equals("folder-admin")
                        ? canaries.variants()
                        : canaries.variants().subList(0, 3)) {
                    post(user, place, variant, "testConnection");
                }
                canaries.assertNothing("testConnection of " + user + " in " + place);
            }
        }
    }

    @Test
    void tryItSendsNothingForAnybodyElse() throws Exception {
        String credential = "io.jenkins.plugins.awssecrets.config.credentials.StringCredential";
        for (String place : List.of("job/team/", "job/team/job/app/", "job/top/")) {
            for (Variant variant : canaries.variants()) {
                JSONObject form = new JSONObject()
                        .element("sources", variant.typed().json())
                        .element(
                                "credentials",
                                new JSONObject()
                                        .element("stapler-class", credential)
                                        .element("id", "x")
                                        .element("secret", "canary:" + secretOf(variant)));
                canaries.clients().send("folder-admin", place + "descriptorByName/" + credential + "/try", form);
            }
            canaries.assertNothing("try in " + place);
        }
    }

    @Test
    void checksAndListsSendAndShowNothing() throws Exception {
        StringBuilder shown = new StringBuilder();
        for (String user : OTHERS) {
            for (String place : List.of("", "job/team/", "job/team/job/app/", "job/top/")) {
                for (String method : methods()) {
                    JenkinsRule.WebClient client = canaries.clients().of(user);
                    WebRequest request = new WebRequest(
                            new URL(client.getContextPath() + place + "descriptorByName/" + method), HttpMethod.POST);
                    request.setRequestParameters(new ArrayList<>(List.of(
                            new NameValuePair(
                                    "value", canaries.server().address().toString()),
                            new NameValuePair("credentialsId", ""))));
                    shown.append(
                            client.loadWebResponse(client.addCrumb(request)).getContentAsString());
                }
            }
            canaries.assertNothing("checks and lists of " + user);
        }
        assertThat(shown).doesNotContain(BorrowedSources.SYSTEM_ID, ControllerCanaries.OF_SYSTEM);
    }

    private static String secretOf(Variant variant) {
        return variant.name().startsWith("Vault") ? "secret/ci#token" : "ci";
    }

    private static List<String> methods() {
        List<String> methods = new ArrayList<>();
        for (hudson.model.Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(hudson.model.Descriptor.class)) {
            String name = descriptor.getClass().getName();
            if (name.startsWith("io.jenkins.plugins.awssecrets.config.")
                    && !(descriptor instanceof CredentialDescriptor)) {
                for (java.lang.reflect.Method method : descriptor.getClass().getMethods()) {
                    if (method.getName().matches("do(Check|Fill).*")) {
                        methods.add(descriptor.getId() + "/"
                                + Character.toLowerCase(method.getName().charAt(2))
                                + method.getName().substring(3));
                    }
                }
            }
        }
        return methods;
    }

    private static void post(String user, String place, Variant variant, String method) throws Exception {
        canaries.clients()
                .send(
                        user,
                        place + "descriptorByName/" + variant.typed().type().getName() + "/" + method,
                        new JSONObject().element("sources", variant.typed().json()));
    }
}
