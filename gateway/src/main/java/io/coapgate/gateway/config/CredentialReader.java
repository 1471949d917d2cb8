package io.coapgate.gateway.config;

import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.device.CertificateIdentity;
import io.coapgate.gateway.device.CertificateIdentity.SubjectAlternativeName;
import io.coapgate.gateway.device.CertificateIdentity.SubjectAlternativeName.Kind;
import io.coapgate.gateway.device.DeviceCredential;
import io.coapgate.gateway.device.PskIdentity;
import io.coapgate.gateway.device.Validity;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One credential of a device. */
final class CredentialReader {
    private static final List<String> KINDS = List.of("psk", "rpk", "x509", "client-secret");
    private static final String FILE = "file:";

    private final NamedFiles files;
    private final SecretReader secrets;

    CredentialReader(NamedFiles files, SecretReader secrets) {
        this.files = files;
        this.secrets = secrets;
    }

    /** Which of them it is. */
    static String kind(Section section) {
        return KINDS.stream().filter(section::has).findFirst().orElseThrow();
    }

    /** Empty after reporting a problem. */
    Optional<DeviceCredential> read(Section section) {
        String kind = kind(section);
        Section inner = section.section(kind);
        return validity(section).flatMap(validity -> switch (kind) {
            case "psk" -> preSharedKey(inner, validity);
            case "rpk" -> rawPublicKey(inner, validity);
            case "client-secret" ->
                Optional.of(new DeviceCredential.ClientSecret(
                        Thumbprint.of(HexFormat.of().parseHex(inner.text("sha256"))), validity));
            default -> Optional.of(new DeviceCredential.X509(certificateIdentity(inner), validity));
        });
    }

    private Optional<DeviceCredential> preSharedKey(Section section, Validity validity) {
        String identity = section.text("identity");
        if (identity.getBytes(StandardCharsets.UTF_8).length > PskIdentity.MAX_BYTES) {
            section.problem("identity", "must have " + PskIdentity.MAX_BYTES + " bytes or fewer", "");
            return Optional.empty();
        }
        return secrets.secret(section, "key")
                .filter(key -> fits(section, key))
                .map(key -> new DeviceCredential.PreSharedKey(new PskIdentity(identity), key, validity));
    }

    private static boolean fits(Section section, SecretBytes key) {
        int min = DeviceCredential.PreSharedKey.MIN_KEY_BYTES;
        int max = DeviceCredential.PreSharedKey.MAX_KEY_BYTES;
        boolean fits = key.length() >= min && key.length() <= max;
        if (!fits) {
            String message = "the key has " + key.length() + " bytes, not " + min + " to " + max;
            section.problem("key", message, "coapgate keygen psk makes a good one");
        }
        return fits;
    }

    private Optional<DeviceCredential> rawPublicKey(Section section, Validity validity) {
        Optional<PublicKey> key = files.pem(section, "public-key", this::publicKey, "a PEM with one PUBLIC KEY");
        if (key.isPresent() && !EcCurve.P_256.isOn(key.get()) && !Ed25519.isOn(key.get())) {
            String message = "is a key for " + key.get().getAlgorithm();
            section.problem("public-key", message, "use an EC key on P-256 or an Ed25519 key");
            return Optional.empty();
        }
        return key.map(read -> DeviceCredential.RawPublicKey.of(read, validity));
    }

    private PublicKey publicKey(String text) throws UnreadableFileException, KeyFormatException {
        return Pem.publicKey(text.startsWith(FILE) ? files.text(text.substring(FILE.length())) : text);
    }

    private static CertificateIdentity certificateIdentity(Section section) {
        if (section.has("fingerprint")) {
            String digits = section.text("fingerprint").replace(":", "");
            return new CertificateIdentity.Fingerprint(
                    Thumbprint.of(HexFormat.of().parseHex(digits)));
        }
        return section.has("san-dns")
                ? new SubjectAlternativeName(Kind.DNS, section.text("san-dns").toLowerCase(Locale.ROOT))
                : new SubjectAlternativeName(Kind.URI, section.text("san-uri"));
    }

    private static Optional<Validity> validity(Section section) {
        Instant from = section.instant("not-before").orElse(Instant.MIN);
        Instant to = section.instant("not-after").orElse(Instant.MAX);
        if (!from.isBefore(to)) {
            section.problem("not-after", "must be later than not-before", "");
            return Optional.empty();
        }
        return Optional.of(new Validity(from, to));
    }
}
