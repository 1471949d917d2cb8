package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.device.CertificateIdentity.Fingerprint;
import io.coapgate.gateway.device.CertificateIdentity.SubjectAlternativeName;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import io.coapgate.gateway.device.DeviceCredential.RawPublicKey;
import io.coapgate.gateway.device.DeviceCredential.X509;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.Tenant;
import io.coapgate.gateway.device.Validity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicesFileTest {
    private final ConfigDirectory directory;

    DevicesFileTest(@TempDir Path temporary) {
        this.directory = new ConfigDirectory(temporary);
    }

    @Test
    void readsADeviceWithEveryKindOfCredential() throws Exception {
        KeyPair pair = newKeyPair();
        directory.write("d.pub.pem", Pem.encode(pair.getPublic()));
        directory.writePrivate("d.key", "sixteen bytes ok\r\n");
        List<Device> devices = directory
                .devices("""
                        devices:
                          - id: d1
                            tenant: acme
                            attributes: {model: m2}
                            enabled: false
                            scopes: [b, a]
                            credentials:
                              - psk: {identity: d1, key: "file:d.key"}
                                not-before: 2027-01-01T00:00:00Z
                                not-after: 2028-01-01T00:00:00Z
                              - psk: {identity: d1-next, key: "${SET}"}
                              - rpk: {public-key: "file:d.pub.pem"}
                              - x509: {san-dns: D1.devices.example}
                              - x509: {san-uri: "urn:dev:ops:d1"}
                              - x509: {fingerprint: FINGERPRINT}
                          - id: d2
                        """.replace("FINGERPRINT", "AB:".repeat(31) + "ab"))
                .read()
                .devices();
        Device first = devices.get(0);
        assertThat(first.tenant()).isEqualTo(new Tenant("acme"));
        assertThat(first.attributes()).containsExactly(java.util.Map.entry("model", "m2"));
        assertThat(first.enabled()).isFalse();
        assertThat(first.scopes()).isEqualTo(ScopeSet.of("a", "b"));
        assertThat(first.credentials()).hasSize(6);
        assertThat(first.credentials().get(0)).isInstanceOfSatisfying(PreSharedKey.class, psk -> {
            assertThat(psk.key()).isEqualTo(SecretBytes.copyOf("sixteen bytes ok".getBytes(StandardCharsets.US_ASCII)));
            assertThat(psk.validity())
                    .isEqualTo(
                            new Validity(Instant.parse("2027-01-01T00:00:00Z"), Instant.parse("2028-01-01T00:00:00Z")));
        });
        assertThat(first.credentials().get(2))
                .isInstanceOfSatisfying(
                        RawPublicKey.class, rpk -> assertThat(rpk.key()).isEqualTo(pair.getPublic()));
        byte[] fingerprint = new byte[32];
        java.util.Arrays.fill(fingerprint, (byte) 0xab);
        assertThat(first.credentials().subList(3, 6))
                .extracting(credential -> ((X509) credential).identity())
                .containsExactly(
                        new SubjectAlternativeName(SubjectAlternativeName.Kind.DNS, "d1.devices.example"),
                        new SubjectAlternativeName(SubjectAlternativeName.Kind.URI, "urn:dev:ops:d1"),
                        new Fingerprint(Thumbprint.of(fingerprint)));
        assertThat(devices.get(1).tenant()).isEqualTo(Tenant.DEFAULT);
        assertThat(devices.get(1).enabled()).isTrue();
        assertThat(devices.get(1).credentials()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {id: "a b"} | 2:6: devices[0].id: is not an id of 1 to 64 of A-Z a-z 0-9 . _ : @ -; write, for example, meter-17
        {id: 17} | 2:6: devices[0].id: must be text, not a number; write, for example, meter-17
        {tenant: t} | 2:5: devices[0].id: this key is missing; add, for example, id: meter-17
        {id: d, enable: true} | 2:13: devices[0].enable: unknown key; did you mean "enabled"?
        {id: d, enabled: yes} | 2:13: devices[0].enabled: must be true or false, not text; write, for example, true
        {id: d, attributes: {n: 5}} | 2:26: devices[0].attributes.n: must be text, not a number; put it in quotes
        {id: d, credentials: [{psk: {identity: d, key: "canary"}}]} | 2:47: devices[0].credentials[0].psk.key: the key has 6 bytes, not 16 to 64; coapgate keygen psk makes a good one
        {id: d, credentials: [{psk: {identity: d, key: 1234567890123456}}]} | 2:47: devices[0].credentials[0].psk.key: must be text, not a number; put it in quotes
        {id: d, credentials: [{psk: {identity: d}}]} | 2:28: devices[0].credentials[0].psk.key: this key is missing; add, for example, key: file:secrets/meter-17.key
        {id: d, credentials: [{rpk: {public-key: canary}}]} | 2:34: devices[0].credentials[0].rpk.public-key: no block of the kind PUBLIC KEY; name a PEM with one PUBLIC KEY
        {id: d, credentials: [{rpk: {public-key: "file:nope"}}]} | 2:34: devices[0].credentials[0].rpk.public-key: nope does not exist; create it, or correct the path
        {id: d, credentials: [{}]} | 2:27: devices[0].credentials[0]: must have exactly one of psk, rpk, x509, client-secret
        {id: d, credentials: [{x509: {san-dns: a, san-uri: "a:b"}}]} | 2:28: devices[0].credentials[0].x509: must have exactly one of fingerprint, san-dns, san-uri
        {id: d, credentials: [{x509: {fingerprint: "ab:cd"}}]} | 2:35: devices[0].credentials[0].x509.fingerprint: is not a SHA-256 fingerprint of 64 hexadecimal digits, with or without colons; write, for example, c6:b3:…:7f
        {id: d, credentials: [{x509: {san-dns: a}, not-before: 2028-01-01T00:00:00Z, not-after: 2027-01-01T00:00:00Z}]} | 2:82: devices[0].credentials[0].not-after: must be later than not-before
        """)
    void saysWhatIsWrongWithADevice(String device, String problem) throws Exception {
        DevicesFile file = directory.devices("devices:\n  - " + device + "\n");
        List<String> problems = directory.problemsOf(file::read);
        assertThat(problems).containsExactly("devices.yaml:" + problem);
        assertThat(problems).noneMatch(shown -> shown.contains("canary"));
    }

    @Test
    void namesBothPlacesOfADuplicate() throws Exception {
        String key = "key: \"sixteen bytes ok\"";
        DevicesFile file = directory.devices("""
                devices:
                  - id: d1
                    credentials: [{psk: {identity: same, KEY}}]
                  - id: d2
                    credentials: [{psk: {identity: same, KEY}}]
                  - id: d1
                """.replace("KEY", key));
        assertThat(directory.problemsOf(file::read))
                .containsExactly(
                        "devices.yaml:5:20: devices[1].credentials[0].psk: device d1 has this PSK identity too,"
                                + " on line 3; a handshake could not tell them apart: keep one of them",
                        "devices.yaml:6:5: devices[2].id: the device on line 2 has this id too;"
                                + " give each device its own");
    }

    @Test
    void refusesWhatIsNoRegistry() throws Exception {
        assertThat(directory.problemsOf(directory.devices("device: []\n")::read))
                .containsExactly(
                        "devices.yaml:1:1: device: unknown key; did you mean \"devices\"?",
                        "devices.yaml:1:1: devices: this key is missing; add, for example, devices: []");
        assertThat(directory.problemsOf(directory.devices("devices: none\n")::read))
                .containsExactly("devices.yaml:1:1: devices: must be a list, not text; write, for example, []");
        assertThat(directory.devices("devices: []\n").read().devices()).isEmpty();
    }

    @Test
    void warnsOfKeysThatEveryUserMayRead() throws Exception {
        String plain = "devices: [{id: d1, credentials: [{psk: {identity: d1, key: %s}}]}]\n";
        DevicesFile file = directory.devices(plain.formatted(ConfigDirectory.SECRET));
        Path path = file.path();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(warnings(file))
                .containsExactly("devices.yaml: holds keys that every user may read;"
                        + " chmod o-r it, or move them out: key: file:path");
        assertThat(warnings(directory.devices(plain.formatted("'${SET}'")))).isEmpty();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(warnings(directory.devices(plain.formatted(ConfigDirectory.SECRET))))
                .isEmpty();
    }

    @Test
    void warnsOnceOfAScopeThatNoRouteAsksFor() throws Exception {
        GatewayConfig config = directory.gateway(ConfigDirectory.GATEWAY);
        directory.devices("""
                devices:
                  - {id: d1, scopes: [telemetry:write, telemetry:wriet]}
                  - {id: d2, scopes: [telemetry:wriet]}
                  - {id: d3, scopes: [something:else]}
                """);
        assertThat(warnings(DevicesFile.of(config, Map.of())))
                .containsExactly(
                        "devices.yaml:2:14: devices[0].scopes: no route asks for the scope telemetry:wriet;"
                                + " did you mean \"telemetry:write\"?",
                        "devices.yaml:4:14: devices[2].scopes: no route asks for the scope something:else;"
                                + " correct it, or take it away");
    }

    @Test
    void aScopeThatAnotherResourceServerKnowsIsOfUse() throws Exception {
        GatewayConfig config = directory.gateway(ConfigDirectory.GATEWAY + """
                authorization-server:
                  audiences: [{audience: b, scopes: [valve:open], algorithm: A128GCM, secret: "0123456789abcdef"}]
                """);
        directory.devices("devices: [{id: d1, scopes: [valve:open]}]");
        assertThat(warnings(DevicesFile.of(config, Map.of()))).isEmpty();
    }

    private static List<String> warnings(DevicesFile file) throws Exception {
        return file.read().warnings().stream()
                .map(warning -> warning.toString().replace(file.path().getParent() + "/", ""))
                .toList();
    }

    @Test
    void readsManyDevices() throws Exception {
        StringBuilder text = new StringBuilder("devices:\n");
        for (int i = 0; i < 5_000; i++) {
            text.append("  - id: d").append(i).append("\n    credentials: [{psk: {identity: d");
            text.append(i).append(", key: \"sixteen bytes ok\"}}]\n");
        }
        assertThat(directory.devices(text.toString()).read().devices()).hasSize(5_000);
    }

    private static KeyPair newKeyPair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
