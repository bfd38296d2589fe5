"""ffmpeg's arguments for the files of the benchmark `media`: codecs, containers, colours, odd ones."""

from typing import Final

X264: Final = ("-c:v", "libx264", "-preset", "ultrafast")
YUV: Final = ("-pix_fmt", "yuv420p")
AAC: Final = ("-c:a", "aac")
NOISE: Final = ("-vf", "noise=alls=9:allf=t")
FRONT: Final = ("-movflags", "+faststart")
HDR: Final = ("-vf", "setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc")
HEVC: Final = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error")
VP9: Final = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", *YUV)
AV1: Final = ("-c:v", "libsvtav1", "-preset", "12", *YUV)
UNEVEN: Final = ("-vf", "select='not(between(n,9,40))+not(mod(n,5))'", "-fps_mode", "vfr")

SMALL: Final = {
    "front.mp4": (*X264, *YUV, *AAC, *FRONT),
    "baseline.mp4": (*X264, *YUV, "-profile:v", "baseline", *AAC, *FRONT),
    "silent.mp4": (*X264, *YUV, "-an", *FRONT),
    "vp9.webm": (*VP9, "-c:a", "libopus"),
    "vp8.webm": ("-c:v", "libvpx", "-deadline", "realtime", *YUV, "-c:a", "libvorbis"),
}
CONVERTED: Final = {
    "end.mp4": (*X264, *YUV, *AAC),
    "h264.mkv": (*X264, *YUV, *AAC),
    "h264.mov": (*X264, *YUV, *AAC),
    "pcm.mov": (*X264, *YUV, "-c:a", "pcm_s16le"),
    "h264.ts": (*X264, *YUV, *AAC),
    "h264.flv": (*X264, *YUV, *AAC),
    "mp3.mp4": (*X264, *YUV, "-c:a", "libmp3lame", *FRONT),
    "ac3.mkv": (*X264, *YUV, "-c:a", "ac3"),
    "h264.avi": (*X264, *YUV, "-bf", "0", "-c:a", "libmp3lame"),
    "vp9.mkv": (*VP9, "-c:a", "libopus"),
    "vp9.mp4": (*VP9, *AAC, *FRONT),
    "hevc.mp4": (*HEVC, *YUV, *AAC, *FRONT),
    "hevc.mkv": (*HEVC, *YUV, "-c:a", "libopus"),
    "hevc10.mp4": (*HEVC, "-pix_fmt", "yuv420p10le", *AAC),
    "hdr.mp4": (*HEVC, "-pix_fmt", "yuv420p10le", *HDR, *AAC),
    "hdr264.mp4": (*X264, "-pix_fmt", "yuv420p10le", *HDR, *AAC),
    "av1.mp4": (*AV1, *AAC),
    "av1.webm": (*AV1, "-c:a", "libopus"),
    "ten.mp4": (*X264, "-pix_fmt", "yuv420p10le", *AAC),
    "wide.mp4": (*X264, "-pix_fmt", "yuv422p", *AAC),
    "full.mp4": (*X264, "-pix_fmt", "yuv444p", *AAC),
    "odd.mp4": ("-vf", "crop=319:179", *X264, "-pix_fmt", "yuv444p", *AAC),
    "uneven.mp4": (*UNEVEN, *X264, *YUV, *AAC),
    "mpeg4.avi": ("-c:v", "mpeg4", "-c:a", "libmp3lame"),
    "mpeg2.mpg": ("-c:v", "mpeg2video", "-c:a", "mp2"),
    "mpeg2.ts": ("-c:v", "mpeg2video", "-c:a", "mp2"),
    "flv1.flv": ("-c:v", "flv", "-ar", "44100", "-c:a", "libmp3lame"),
    "wmv.wmv": ("-c:v", "wmv2", "-c:a", "wmav2"),
    "prores.mov": ("-c:v", "prores_ks", "-c:a", "pcm_s16le"),
    "mjpeg.avi": ("-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le"),
    "theora.ogv": ("-c:v", "libtheora", *YUV, "-c:a", "libvorbis"),
    "interlaced.mp4": (*X264, *YUV, "-flags", "+ildct+ilme", *AAC),
    "anamorphic.mp4": ("-vf", "setsar=16/11", *HEVC, *YUV, *AAC),
    "tall.mkv": ("-vf", "transpose", *HEVC, *YUV, *AAC),
}
SOUNDS: Final = {
    "tone.wav": (),
    "tone.flac": (),
    "tone.mp3": ("-b:a", "320k"),
    "tone.ogg": ("-c:a", "libvorbis", "-q:a", "9"),
    "alac.m4a": ("-c:a", "alac"),
    "tone.wma": ("-c:a", "wmav2", "-b:a", "320k"),
    "tone.mka": (
        "-c:a",
        "pcm_s24le",
    ),
}
