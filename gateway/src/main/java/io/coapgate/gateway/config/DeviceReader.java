package io.coapgate.gateway.config;

import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceCredential;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.OAuthClient;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One entry of the registry that fits the schema. */
final class DeviceReader {
    private final CredentialReader credentials;
    private final OAuthClientReader clients;
    private final Enrolments enrolments;

    DeviceReader(NamedFiles files, SecretReader secrets, Enrolments enrolments) {
        this.credentials = new CredentialReader(files, secrets);
        this.clients = new OAuthClientReader(files, secrets);
        this.enrolments = enrolments;
    }

    /** Empty after reporting a problem. */
    Optional<Device> read(Section section) {
        DeviceId id = new DeviceId(section.text("id"));
        enrolments.add(id, section);
        List<DeviceCredential> read = new ArrayList<>();
        for (Section entry : section.sections("credentials")) {
            credentials.read(entry).ifPresent(credential -> {
                enrolments.add(credential, id, entry, CredentialReader.kind(entry));
                read.add(credential);
            });
        }
        Optional<OAuthClient> client = section.has("oauth")
                ? clients.secret(section.section("oauth"), "client-id", "client-secret")
                : Optional.empty();
        if (!section.isSound()) {
            return Optional.empty();
        }
        return Optional.of(new Device(
                id,
                new Tenant(section.text("tenant")),
                section.textByName("attributes"),
                section.flag("enabled"),
                ScopeSet.of(section.texts("scopes").toArray(String[]::new)),
                read,
                client));
    }
}
