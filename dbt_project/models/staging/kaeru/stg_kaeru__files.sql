with

source as (
    select
        load_id,
        file_name,
        sha256,
        size_bytes,
        source_system,
        entity,
        state,
        rows_in,
        rows_loaded,
        rows_quarantined,
        rows_erased,
        lines_blank,
        lines_preamble,
        lines_repeated_header,
        lines_total,
        file_as_of,
        encoding,
        message_ja,
        message_en,
        run_id,
        landed_at
    from {{ source('landing', 'files') }}
),

renamed as (
    select
        run_id,
        file_name,
        sha256,
        source_system,
        entity as entity_name,
        state as state_code,
        encoding as encoding_name,
        message_ja as message_ja_text,
        message_en as message_en_text,
        load_id as load_number,
        size_bytes,
        coalesce(rows_in, 0) as rows_in_count,
        coalesce(rows_loaded, 0) as rows_loaded_count,
        coalesce(rows_quarantined, 0) as rows_quarantined_count,
        coalesce(rows_erased, 0) as rows_erased_count,
        coalesce(lines_blank, 0) as blank_line_count,
        coalesce(lines_preamble, 0) as preamble_line_count,
        coalesce(lines_repeated_header, 0) as repeated_header_count,
        coalesce(lines_total, 0) as total_line_count,
        cast(nullif(file_as_of, 'unknown') as timestamp) as file_as_of_at,
        landed_at
    from source
)

select * from renamed
