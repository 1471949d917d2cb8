package io.coapgate.simulator.launch;

import io.coapgate.crypto.key.Pem;
import io.coapgate.simulator.device.Credential;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the gateway's {@code devices.yaml}. The text holds pre-shared keys: it belongs into a private file. */
public final class DevicesYaml {
    private DevicesYaml() {}

    public static String of(List<Enrolment> enrolments) {
        if (enrolments.isEmpty()) {
            return "devices: []\n";
        }
        return enrolments.stream().map(DevicesYaml::entry).collect(Collectors.joining("", "devices:\n", ""));
    }

    private static String entry(Enrolment enrolment) {
        return """
                  - id: %s
                    tenant: %s
                    attributes: %s
                    scopes: %s
                    credentials:
                """.formatted(
                                Yaml.text(enrolment.id()),
                                Yaml.text(enrolment.tenant()),
                                attributes(enrolment.attributes()),
                                Yaml.list(enrolment.scopes()))
                + credential(enrolment);
    }

    private static String attributes(Map<String, String> attributes) {
        return new TreeMap<>(attributes)
                .entrySet().stream()
                        .map(entry -> Yaml.text(entry.getKey()) + ": " + Yaml.text(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String credential(Enrolment enrolment) {
        if (enrolment.credential() instanceof Credential.PreSharedKey psk) {
            byte[] key = psk.key().expose();
            try {
                return "      - psk: {identity: %s, key: \"hex:%s\"}\n"
                        .formatted(Yaml.text(psk.identity()), HexFormat.of().formatHex(key));
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }
        if (enrolment.credential() instanceof Credential.RawPublicKey rpk) {
            return "      - rpk:\n          public-key: |\n"
                    + Pem.encode(rpk.keys().getPublic()).indent(12);
        }
        return "      - x509: {san-dns: %s}\n".formatted(Yaml.text(Pki.dnsName(enrolment.id())));
    }
}
