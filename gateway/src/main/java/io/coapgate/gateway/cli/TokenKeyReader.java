package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.jose.JwkReader;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.Pem;
import io.coapgate.crypto.key.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import picocli.CommandLine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@code --key} and {@code --cnf-key}: PEM, COSE_Key (binary, hex, base64url), JWK, a secret as {@code hex:…}, or what
 * {@code keygen psk --out} writes; what is wrong is said without quoting any of it.
 */
final class TokenKeyReader implements CommandLine.ITypeConverter<TokenKey> {
    private static final int MAX_BYTES = 256 * 1024;
    private static final String HEX = "hex:";

    @Override
    public TokenKey convert(String argument) {
        try {
            return argument.startsWith(HEX) ? secret(argument) : read(Path.of(argument));
        } catch (IOException e) {
            throw wrong("the file can't be read");
        } catch (KeyFormatException | CoseException e) {
            throw wrong(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | JacksonException e) {
            throw wrong("not a key"); // the message would quote a part of it
        }
    }

    private static TokenKey read(Path file) throws IOException, KeyFormatException, CoseException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES);
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (text.contains("-----BEGIN ")) {
            return pem(text);
        }
        if (text.startsWith("{")) {
            return jwk(text);
        }
        if (text.startsWith(HEX)) {
            return secret(text);
        }
        return coseKeyOrPreSharedKey(text, bytes);
    }

    /** 32 characters can be either; that chance makes a COSE_Key of random ones is out of the question. */
    private static TokenKey coseKeyOrPreSharedKey(String text, byte[] bytes) throws CoseException {
        try {
            return TokenKey.of(CoseKey.decode(
                    TokenInput.decode(TokenInput.withoutArmour(text)).orElse(bytes)));
        } catch (CoseException e) {
            if (KeygenPsk.FORM.matcher(text).matches()) {
                return TokenKey.of(SecretBytes.copyOf(text.getBytes(StandardCharsets.US_ASCII)));
            }
            throw e;
        }
    }

    private static TokenKey pem(String text) throws KeyFormatException {
        if (text.contains("PRIVATE KEY-----")) {
            return TokenKey.of(Pem.keyPair(text));
        }
        return text.contains("-----BEGIN PUBLIC KEY-----")
                ? TokenKey.of(Pem.publicKey(text))
                : TokenKey.of(Pem.certificates(text).get(0).getPublicKey());
    }

    private static TokenKey jwk(String text) throws KeyFormatException {
        JsonNode members = JsonMapper.shared().readTree(text);
        Optional<KeyId> kid = Optional.ofNullable(members.get("kid")).map(value -> KeyId.ofUtf8(value.asString()));
        if (members.path("kty").asString("").equals("oct")) {
            return TokenKey.of(JwkReader.secret(text)).withKeyId(kid);
        }
        TokenKey key = members.has("d") ? TokenKey.of(JwkReader.keyPair(text)) : TokenKey.of(JwkReader.publicKey(text));
        return key.withKeyId(kid);
    }

    private static TokenKey secret(String text) {
        return TokenKey.of(
                SecretBytes.copyOf(HexFormat.of().parseHex(text.strip().substring(HEX.length()))));
    }

    private static CommandLine.TypeConversionException wrong(String message) {
        return new CommandLine.TypeConversionException(message);
    }
}
