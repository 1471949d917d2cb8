package io.coapgate.gateway.config;

import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.gateway.token.IssuerKeySource;
import io.coapgate.gateway.trust.KeySetDocument;
import io.coapgate.gateway.trust.KeySetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key set of an issuer in a file, which is read again when it has changed and has been left alone between two looks.
 * A change that can't be used leaves the keys as they were, and is logged. Thread-safe.
 */
public final class FileKeySet implements IssuerKeySource {
    private static final Logger LOG = LoggerFactory.getLogger(FileKeySet.class);

    private final String issuer;
    private final Path file;
    private volatile List<RecipientKey> current;
    /** Of the file when it was read; guarded by this. */
    private Optional<FileState> seen;
    /** What the last look found changed; guarded by this. */
    private Optional<FileState> changing;

    private FileKeySet(String issuer, Path file, List<RecipientKey> current, Optional<FileState> seen) {
        this.issuer = issuer;
        this.file = file;
        this.current = current;
        this.seen = seen;
        this.changing = seen;
    }

    /** Empty after reporting a problem with the key {@code file}. */
    static Optional<FileKeySet> read(String issuer, Path file, Section section) {
        Optional<FileState> state = FileState.of(file);
        try {
            List<RecipientKey> keys = keysIn(file);
            if (keys.isEmpty()) {
                section.problem("file", "holds no key that verifies signatures", "name a COSE_KeySet or a JWKS");
                return Optional.empty();
            }
            return Optional.of(new FileKeySet(issuer, file, keys, state));
        } catch (UnreadableFileException e) {
            section.problem("file", e.getMessage(), e.advice());
        } catch (KeySetException e) {
            section.problem("file", String.valueOf(e.getMessage()), "name a COSE_KeySet or a JWKS of public keys");
        }
        return Optional.empty();
    }

    @Override
    public List<RecipientKey> current() {
        return current;
    }

    /** Takes over a change, if there is one. Reads the file: not for threads that must not be held up. */
    synchronized void look() {
        Optional<FileState> now = FileState.of(file);
        boolean atRest = now.equals(changing);
        changing = now;
        if (!atRest || now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            current = keysIn(file);
            LOG.info("the key file of {} has changed; it holds {} keys", issuer, current.size());
        } catch (UnreadableFileException | KeySetException e) {
            LOG.error("the changed key file of {} is not taken over: {}", issuer, e.getMessage());
        }
    }

    private static List<RecipientKey> keysIn(Path file) throws UnreadableFileException, KeySetException {
        return KeySetDocument.read(TextFile.readBytes(file, KeySetDocument.MAX_BYTES));
    }
}
