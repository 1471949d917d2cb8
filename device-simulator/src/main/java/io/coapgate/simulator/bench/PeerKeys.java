package io.coapgate.simulator.bench;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys that a peer's process gets on its standard input: its own private key in PEM, then an identity and a
 * pre-shared key in hexadecimal a line.
 *
 * @param own what it shows of itself with raw public keys
 * @param preShared by PSK identity
 */
record PeerKeys(KeyPair own, Map<String, byte[]> preShared) {
    private static final String END_OF_PEM = "-----END PRIVATE KEY-----";

    PeerKeys {
        preShared = Map.copyOf(preShared);
    }

    static PeerKeys read(InputStream input) throws IOException, KeyFormatException {
        return parse(new String(input.readAllBytes(), StandardCharsets.UTF_8));
    }

    static PeerKeys parse(String text) throws KeyFormatException {
        int end = text.indexOf(END_OF_PEM) + END_OF_PEM.length();
        Map<String, byte[]> preShared = new HashMap<>();
        for (String line : text.substring(end).strip().lines().toList()) {
            String[] pair = line.split(" ", 2);
            preShared.put(pair[0], HexFormat.of().parseHex(pair[1]));
        }
        return new PeerKeys(Pem.keyPair(text.substring(0, end)), preShared);
    }

    /** What {@link #parse} reads; devices without a pre-shared key are left out. */
    static String format(KeyPair own, List<DeviceProfile> devices) throws KeyFormatException {
        return Pem.encode(own.getPrivate()).strip() + "\n"
                + devices.stream()
                        .flatMap(device -> line(device.credential()).stream())
                        .collect(Collectors.joining("\n"));
    }

    private static Optional<String> line(Credential credential) {
        return credential instanceof Credential.PreSharedKey psk
                ? Optional.of(psk.identity()
                        + ' '
                        + HexFormat.of().formatHex(psk.key().expose()))
                : Optional.empty();
    }

    /** Whose; no key. */
    @Override
    public String toString() {
        return "PeerKeys[" + preShared.size() + "]";
    }
}
