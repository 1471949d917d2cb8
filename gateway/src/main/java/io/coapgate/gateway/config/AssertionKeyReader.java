package io.coapgate.gateway.config;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key with which a client of an OAuth server signs its assertions, and the header by which the server knows it. */
final class AssertionKeyReader {
    private final NamedFiles files;

    AssertionKeyReader(NamedFiles files) {
        this.files = files;
    }

    /** Empty after reporting a problem. */
    Optional<JwtSigningKey> read(Section client) {
        Optional<JwtSigningKey> key = files.pem(
                client,
                "private-key",
                path -> JwtSigningKey.fromPem(files.secretText(path)),
                "a PEM private key on P-256, or RSA");
        Optional<List<X509Certificate>> chain = files.certificates(client, "certificate");
        if (key.isEmpty()) {
            return Optional.empty();
        }
        if (key.get().algorithm() == JwtAlgorithm.EDDSA) {
            client.problem("private-key", "is an Ed25519 key", "use an EC key on P-256 or an RSA key");
            return Optional.empty();
        }
        PublicKey publicKey = key.get().publicJwk().key();
        if (chain.isPresent() && !chain.get().get(0).getPublicKey().equals(publicKey)) {
            client.problem("certificate", "the first certificate is for another key than private-key", "name its own");
            return Optional.empty();
        }
        return key.map(bare -> bare.withHeader(header(client.optionalText("key-id"), chain)));
    }

    /** RFC 7515 §4.1.7 and §4.1.8: by its certificate's hash a server may know a key, some by the old one only. */
    private static Map<String, String> header(Optional<String> keyId, Optional<List<X509Certificate>> chain) {
        Map<String, String> header = new HashMap<>(Map.of("typ", "JWT"));
        keyId.ifPresent(kid -> header.put("kid", kid));
        chain.ifPresent(certificates -> {
            header.put("x5t", thumbprint("SHA-1", certificates.get(0)));
            header.put("x5t#S256", thumbprint("SHA-256", certificates.get(0)));
        });
        return header;
    }

    private static String thumbprint(String hash, X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance(hash).digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform can't hash a certificate that it has read", e);
        }
    }
}
