package io.coapgate.gateway.cli;

import io.coapgate.crypto.key.Pem;
import io.coapgate.gateway.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A key pair as files: {@code NAME.key.pem} (PKCS#8), {@code NAME.sec1.pem} (SEC 1) and {@code NAME.pub.pem} (SPKI). */
record KeyFiles(Path directory, String name) {

    static KeyPair newKeyPair(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    /** Writes all three and the others, or none if one of them is there. */
    List<Path> write(KeyPair pair, Map<Path, String> others) throws IOException, GeneralSecurityException {
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(file("key.pem"), Pem.encode(pair.getPrivate()));
        files.put(file("sec1.pem"), Pem.encodeSec1(pair));
        files.put(file("pub.pem"), Pem.encode(pair.getPublic()));
        files.putAll(others);
        return write(files);
    }

    Path file(String suffix) {
        return directory.resolve(name + "." + suffix);
    }

    /** Writes all of these files, or none if one of them is there. */
    static List<Path> write(Map<Path, String> files) throws IOException {
        for (Path file : files.keySet()) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
        }
        for (Map.Entry<Path, String> file : files.entrySet()) {
            Path parent = file.getKey().toAbsolutePath().getParent();
            if (parent != null) {
                PrivateFiles.createDirectory(parent);
            }
            PrivateFiles.write(file.getKey(), file.getValue());
        }
        return List.copyOf(files.keySet());
    }
}
