package io.coapgate.gateway.config;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import java.util.List;

/**
 * Where the gateway keeps the keys that it makes for itself on the first start and never changes, so that they last: the directory has mode
 * 0700, each file 0600. Two gateways that start at once on one directory agree on one key.
 */
public final class StateDirectory {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int SECRET_BYTES = 32;

    private final Path directory;
    private final SecureRandom random;

    public StateDirectory(Path directory, SecureRandom random) {
        this.directory = directory;
        this.random = random;
    }

    /** The key of the gateway's raw public key, on P-256; made if it is not there yet. */
    public KeyPair dtlsKeyPair() throws ConfigException {
        Path file = directory.resolve("dtls.pem");
        return kept(file, () -> Pem.encode(newKeyPair().getPrivate()), Pem::keyPair);
    }

    /**
     * A secret of {@value #SECRET_BYTES} random bytes, in hexadecimal digits; made if it is not there yet.
     *
     * @param name of the file, without {@code .key}
     */
    public SecretBytes secret(String name) throws ConfigException {
        return kept(directory.resolve(name + ".key"), this::newSecret, StateDirectory::parseSecret);
    }

    private String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return HexFormat.of().formatHex(secret) + "\n";
    }

    private static SecretBytes parseSecret(String text) throws KeyFormatException {
        String digits = text.strip();
        if (!digits.matches("[0-9a-f]{" + 2 * SECRET_BYTES + "}")) {
            throw new KeyFormatException(
                    KeyFormatException.Reason.MALFORMED, "not a secret of " + SECRET_BYTES + " bytes");
        }
        return SecretBytes.copyOf(HexFormat.of().parseHex(digits));
    }

    private <T> T kept(Path file, PemSource source, PemParser<T> parser) throws ConfigException {
        try {
            if (!Files.exists(file)) {
                create(file, source);
            }
            return parser.parse(TextFile.readSecret(file, MAX_BYTES));
        } catch (UnreadableFileException e) {
            throw problem(file, e.reason(), e.advice());
        } catch (GeneralSecurityException e) {
            throw problem(file, "the key can't be used", "remove the file, and a new key is made");
        } catch (IOException e) {
            throw problem(file, "can't be written", "give the gateway's user a state directory that it may write");
        }
    }

    /** Written beside and linked into place: never seen half written, and the first of two writers wins. */
    private void create(Path file, PemSource source) throws IOException, GeneralSecurityException {
        PrivateFiles.createDirectory(directory);
        Path fresh = directory.resolve(file.getFileName() + "." + Long.toHexString(random.nextLong()) + ".new");
        PrivateFiles.write(fresh, source.pem());
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // The other gateway's key counts.
        } finally {
            Files.delete(fresh);
        }
    }

    private KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    static ConfigException problem(Path file, String message, String advice) {
        return new ConfigException(List.of(new ConfigProblem(file.toString(), 0, 0, "", message, advice)));
    }

    private interface PemSource {
        String pem() throws GeneralSecurityException;
    }

    private interface PemParser<T> {
        T parse(String pem) throws KeyFormatException;
    }
}
