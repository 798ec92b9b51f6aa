with

files as (
    select
        load_number,
        file_name,
        sha256,
        source_system,
        entity_name,
        state_code,
        encoding_name,
        run_id,
        message_ja_text,
        message_en_text,
        size_bytes,
        rows_in_count,
        rows_loaded_count,
        rows_quarantined_count,
        rows_erased_count,
        blank_line_count,
        preamble_line_count,
        repeated_header_count,
        total_line_count,
        file_as_of_at,
        landed_at
    from {{ ref('stg_kaeru__files') }}
)

select * from files
