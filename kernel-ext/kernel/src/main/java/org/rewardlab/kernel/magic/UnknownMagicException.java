package org.rewardlab.kernel.magic;

import org.dflib.jjava.jupyter.kernel.magic.UndefinedMagicException;

/** A cell called a magic that this kernel does not have. */
public final class UnknownMagicException extends UndefinedMagicException {

    private static final long serialVersionUID = 1L;

    private final String sign;

    /**
     * The magic that is missing.
     *
     * @param line whether it was called as a line magic
     */
    public UnknownMagicException(String name, boolean line) {
        super(name, line);
        sign = (line ? "%" : "%%") + name;
    }

    @Override
    public String getMessage() {
        return "there is no magic " + sign + "; %lsmagic lists those that are there";
    }
}
